"""Who sells an item, and what it costs today: contract first, then the supplier's price list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from foundation.values.exact import half_up
from foundation.values.quantity import Factor
from suppliers.contracts.lifecycle import ContractState
from suppliers.contracts.models import ContractLine
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from suppliers.suppliers.models import Supplier

PRICE_PLACES = 6


@dataclass(frozen=True)
class Offer:
    """One item from one supplier for one quantity: the factor, the price for one base unit, and where it is from."""

    supplier_item: SupplierItem
    factor: Factor
    price: Decimal
    currency: str
    price_source: str
    contract_line: ContractLine | None = None


class Catalog:
    """Everything that some items can be bought as on one day, read in four queries whatever their number."""

    def __init__(self, item_ids: Iterable[int], *, entity_id: int, on: date) -> None:
        items = set(item_ids)
        valid = PriceBreak.objects.filter(valid_from__lte=on).exclude(valid_to__lt=on).order_by("quantity_from")
        rows = (
            SupplierItem.objects.filter(item_id__in=items, is_active=True)
            .select_related("supplier__party", "unit")
            .prefetch_related(Prefetch("prices", queryset=valid, to_attr="valid_prices"))
        )
        self.offers: dict[int, list[SupplierItem]] = {}
        for row in rows:
            self.offers.setdefault(row.item_id, []).append(row)
        agreed = ContractLine.objects.everywhere(because="prices count wherever they were agreed").filter(
            item_id__in=items,
            contract__status=ContractState.ACTIVE,
            contract__entity_id=entity_id,
            contract__starts_on__lte=on,
            contract__ends_on__gte=on,
        )
        self.contracts = {(line.item_id, line.contract.supplier_id): line for line in agreed.select_related("contract")}

    def best(self, item_id: int) -> SupplierItem | None:
        """The preferred supplier's offer, else one under contract, else the cheapest active one."""
        offers = [offer for offer in self.offers.get(item_id, []) if offer.supplier.may_be_ordered_from]
        return min(
            offers,
            key=lambda o: (
                not o.is_preferred,
                (item_id, o.supplier_id) not in self.contracts,
                self._list_price(o, None),
            ),
            default=None,
        )

    def of_supplier(self, item_id: int, supplier_id: int) -> SupplierItem | None:
        return next((o for o in self.offers.get(item_id, []) if o.supplier_id == supplier_id), None)

    def offer(self, supplier_item: SupplierItem, quantity: Decimal) -> Offer | None:
        """What ``quantity`` base units cost; None when neither contract nor price list says a price."""
        factor = Factor(supplier_item.numerator, supplier_item.denominator)
        line = self.contracts.get((supplier_item.item_id, supplier_item.supplier_id))
        if line:
            return Offer(supplier_item, factor, line.price, line.contract.currency, "contract", line)
        units = Fraction(quantity) * factor.denominator / factor.numerator
        price = self._list_price(supplier_item, units)
        if price is None:
            return None
        base = half_up(Fraction(price) * factor.denominator / factor.numerator, PRICE_PLACES)
        return Offer(supplier_item, factor, base, supplier_item.currency, "list")

    @staticmethod
    def _list_price(supplier_item: SupplierItem, units: Fraction | None) -> Decimal | None:
        prices: list[PriceBreak] = supplier_item.valid_prices  # type: ignore[attr-defined]
        if units is None:
            return min((row.price for row in prices), default=Decimal("1e9"))
        reached = [row for row in prices if row.quantity_from <= units]
        return reached[-1].price if reached else (prices[0].price if prices else None)


def offer_rows(suppliers: QuerySet[Supplier], *, on: date) -> QuerySet[SupplierItem]:
    """For lists and pages: offers of these suppliers with the list price of one unit on a day."""
    valid = PriceBreak.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
    first = valid.filter(supplier_item=OuterRef("pk")).order_by("quantity_from", "-valid_from").values("price")[:1]
    rows = SupplierItem.objects.filter(supplier__in=suppliers.order_by().values("pk"))
    return rows.select_related("supplier__party", "item__base_unit", "unit").annotate(price_today=Subquery(first))


def prices_of(offer: SupplierItem) -> list[PriceBreak]:
    """All prices of an offer, the newest first."""
    return list(offer.prices.order_by("-valid_from", "quantity_from")[:200])
