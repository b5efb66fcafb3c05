"""How fulfillment's states are shown."""

from foundation.screens import tones
from foundation.screens.tones import INFO, NEUTRAL, OK, WAIT
from fulfillment.demand.lifecycle import DemandState
from fulfillment.shipments.lifecycle import ShipmentState

tones.register(
    DemandState,
    {
        DemandState.RELEASED: WAIT,
        DemandState.PARTLY_SHIPPED: INFO,
        DemandState.SHIPPED: OK,
        DemandState.CANCELLED: NEUTRAL,
    },
)
tones.register(
    ShipmentState, {ShipmentState.PLANNED: WAIT, ShipmentState.SHIPPED: OK, ShipmentState.CANCELLED: NEUTRAL}
)
