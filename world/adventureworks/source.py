"""The CSV files as they are published, packed or not; nothing in them is corrected."""

import csv
import gzip
import io
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Record = dict[str, str]


class Missing(Exception):
    """A file of the source is not where it should be."""


@dataclass(frozen=True)
class Source:
    """One folder of files; with ``limit`` only so many orders, the earliest ones."""

    folder: Path
    limit: int | None = None

    @cached_property
    def vendors(self) -> list[Record]:
        return self._read("vendor")

    @cached_property
    def products(self) -> list[Record]:
        return self._read("product")

    @cached_property
    def offers(self) -> list[Record]:
        return self._read("product_vendor")

    @cached_property
    def inventory(self) -> list[Record]:
        return self._read("product_inventory")

    @cached_property
    def every_order(self) -> list[Record]:
        return sorted(self._read("purchase_order_header"), key=lambda o: (o["OrderDate"], int(o["PurchaseOrderID"])))

    @cached_property
    def orders(self) -> list[Record]:
        return self.every_order[: self.limit]

    @cached_property
    def lines(self) -> dict[str, list[Record]]:
        """Order -> its lines."""
        found: dict[str, list[Record]] = defaultdict(list)
        for line in self._read("purchase_order_detail"):
            found[line["PurchaseOrderID"]].append(line)
        return found

    @cached_property
    def vendor_numbers(self) -> dict[str, str]:
        return {vendor["BusinessEntityID"]: vendor["AccountNumber"] for vendor in self.vendors}

    @cached_property
    def product_numbers(self) -> dict[str, str]:
        return {product["ProductID"]: product["ProductNumber"] for product in self.products}

    def inactive(self) -> list[str]:
        """Numbers of vendors that are inactive and of which no order is left to load."""
        loaded = {order["PurchaseOrderID"] for order in self.orders}
        busy = {order["VendorID"] for order in self.every_order if order["PurchaseOrderID"] not in loaded}
        idle = [vendor for vendor in self.vendors if vendor["ActiveFlag"] == "0"]
        return [vendor["AccountNumber"] for vendor in idle if vendor["BusinessEntityID"] not in busy]

    def _read(self, name: str) -> list[Record]:
        plain, packed = self.folder / f"{name}.csv", self.folder / f"{name}.csv.gz"
        if plain.is_file():
            content = plain.read_bytes()
        elif packed.is_file():
            content = gzip.decompress(packed.read_bytes())
        else:
            raise Missing(f"{self.folder} holds no {name}.csv.")
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
