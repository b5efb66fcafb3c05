"""From the source's tables to the importers' columns: the mapping that docs/adventureworks.md explains."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator

from world.adventureworks.source import Record, Source

SITE, CURRENCY, UNIT = "BOT", "USD", "EA"
BOUGHT, MADE = "AW-BUY", "AW-MAKE"
RISK = {"1": "low", "2": "low", "3": "medium", "4": "high", "5": "high"}
"""Of a credit rating from 1, superior, to 5, below average."""
FIRST_DAY = "2022-01-01"
PENDING, APPROVED, REJECTED, COMPLETE = "1", "2", "3", "4"


def items(source: Source) -> bytes:
    return _file(
        {
            "sku": product["ProductNumber"],
            "description": product["Name"],
            "category": MADE if product["MakeFlag"] == "1" else BOUGHT,
            "base_unit": UNIT,
            "standard_price": product["StandardCost"],
            "reorder_point": product["ReorderPoint"],
            "safety_stock": product["SafetyStockLevel"],
        }
        for product in source.products
    )


def suppliers(source: Source) -> bytes:
    """All as active, which their orders need; the inactive ones are retired when those are in."""
    return _file(
        {
            "number": vendor["AccountNumber"],
            "name": vendor["Name"],
            "country": "US",
            "currency": CURRENCY,
            "risk": RISK[vendor["CreditRating"]],
        }
        for vendor in source.vendors
    )


def supplier_items(source: Source) -> bytes:
    return _file(
        {
            "supplier": source.vendor_numbers[offer["BusinessEntityID"]],
            "sku": source.product_numbers[offer["ProductID"]],
            "minimum": offer["MinOrderQty"],
            "lead_time_days": offer["AverageLeadTime"],
            "price": offer["StandardPrice"],
            "valid_from": FIRST_DAY,
        }
        for offer in source.offers
    )


def stock(source: Source) -> bytes:
    """What stands on all shelves of a product, at the one site."""
    sums: dict[str, int] = defaultdict(int)
    for shelf in source.inventory:
        sums[shelf["ProductID"]] += int(shelf["Quantity"])
    return _file(
        {"site": SITE, "sku": source.product_numbers[product], "quantity": str(quantity)}
        for product, quantity in sums.items()
    )


def orders(source: Source, chosen: Iterable[Record]) -> bytes:
    return _file(
        {
            "number": order["PurchaseOrderID"],
            "supplier": source.vendor_numbers[order["VendorID"]],
            "site": SITE,
            "sku": source.product_numbers[line["ProductID"]],
            "quantity": line["OrderQty"],
            "price": line["UnitPrice"],
            "currency": CURRENCY,
            "need_by": _day(line["DueDate"]),
            "ordered_on": _day(order["OrderDate"]),
            "note": f"AdventureWorks order {order['PurchaseOrderID']}, status {order['Status']}",
        }
        for order in chosen
        for line in source.lines[order["PurchaseOrderID"]]
    )


def receipts(source: Source, chosen: Iterable[Record]) -> bytes:
    """One for each order, on the day it was shipped: what was stocked is accepted, what was rejected is damaged."""
    return _file(
        {
            "delivery_note": f"AW-{order['PurchaseOrderID']}",
            "order": order["PurchaseOrderID"],
            "sku": source.product_numbers[line["ProductID"]],
            "accepted": line["StockedQty"],
            "damaged": line["RejectedQty"],
            "received_on": _day(order["ShipDate"]),
        }
        for order in chosen
        for line in source.lines[order["PurchaseOrderID"]]
    )


def retired(source: Source) -> bytes:
    return _file({"number": number, "state": "inactive"} for number in source.inactive())


def _day(instant: str) -> str:
    return instant.partition(" ")[0]


def _file(rows: Iterable[Record]) -> bytes:
    out = io.StringIO()
    found: Iterator[Record] = iter(rows)
    first = next(found, None)
    if first is None:
        return b""
    writer = csv.DictWriter(out, fieldnames=list(first))
    writer.writeheader()
    writer.writerow(first)
    writer.writerows(found)
    return out.getvalue().encode()
