"""What can be imported, one small module a kind: its columns, what is there already, how it is written and undone."""

from integration.imports.kinds.base import Kind, Undone, Writing
from integration.imports.kinds.customers import Customers
from integration.imports.kinds.demand import Demand
from integration.imports.kinds.items import Items
from integration.imports.kinds.orders import Orders
from integration.imports.kinds.receipts import Receipts
from integration.imports.kinds.stock import Stock
from integration.imports.kinds.supplier_items import SupplierItems
from integration.imports.kinds.suppliers import Suppliers

KINDS: dict[str, type[Kind]] = {
    kind.name: kind for kind in (Items, Suppliers, SupplierItems, Customers, Orders, Receipts, Stock, Demand)
}


def kind_of(name: str) -> Kind:
    """A fresh one: what it looks up is remembered for one set of pieces."""
    return KINDS[name]()


__all__ = ["KINDS", "Kind", "Undone", "Writing", "kind_of"]
