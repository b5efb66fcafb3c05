"""Table of contents."""

from fulfillment.customers.models import Customer
from fulfillment.demand.models import Allocation, CustomerOrder, DemandLine
from fulfillment.shipments.models import Shipment, ShipmentLine

__all__ = ["Allocation", "Customer", "CustomerOrder", "DemandLine", "Shipment", "ShipmentLine"]
