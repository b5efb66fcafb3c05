"""Supplier items: what a supplier sells in which packs; several rows of one offer are its price breaks."""

from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.door import AS_IT_IS
from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from integration.imports.columns import (
    CHANGED,
    DAY,
    FLAG,
    NEW,
    NUMBER,
    UNCHANGED,
    WHOLE,
    Column,
    Piece,
    kept,
)
from integration.imports.kinds.base import Kind, Undone, Writing
from suppliers.supplier_items import actions as offers
from suppliers.supplier_items.models import SupplierItem

TERMS = ("supplier_sku", "minimum", "multiple", "lead_time_days", "is_preferred", "is_active")


class SupplierItems(Kind):
    name, label, one = "supplier_items", gettext_lazy("Supplier items"), gettext_lazy("offer")
    verbs = ("edit_supplier",)
    key = ("supplier", "sku")
    one_row = False
    takes_sets = True
    columns = (
        Column("supplier", gettext_lazy("Supplier"), needed=True, of="supplier", also=("vendor", "supplier number")),
        Column("sku", gettext_lazy("SKU"), needed=True, of="item", also=("item", "item number", "product")),
        Column("supplier_sku", gettext_lazy("Supplier's number"), longest=60, also=("supplier part", "part number")),
        Column("unit", gettext_lazy("Unit"), of="unit", also=("uom", "unitmeasurecode", "order unit")),
        Column("pack", gettext_lazy("Base units in one unit"), WHOLE, low=Decimal(1), also=("pack size", "factor")),
        Column("minimum", gettext_lazy("Smallest order"), NUMBER, also=("minorderqty", "moq", "minimum order")),
        Column("multiple", gettext_lazy("Multiple"), NUMBER, also=("order multiple",)),
        Column("lead_time_days", gettext_lazy("Lead time, days"), WHOLE, also=("averageleadtime", "lead time")),
        Column("from_quantity", gettext_lazy("From quantity"), NUMBER, also=("break", "quantity from")),
        Column("price", gettext_lazy("Price of one unit"), NUMBER, also=("price", "standardprice", "unit price")),
        Column("currency", gettext_lazy("Currency"), longest=3),
        Column("valid_from", gettext_lazy("Price valid from"), DAY, also=("valid from",)),
        Column("is_preferred", gettext_lazy("First choice"), FLAG, also=("preferred",)),
        Column("is_active", gettext_lazy("Sold"), FLAG, also=("active",), hint=gettext_lazy("Empty means yes.")),
    )

    def prepare(self, pieces: list[Piece], by: Actor) -> None:
        items = {piece.row.means["sku"].pk for piece in pieces}
        rows = SupplierItem.objects.filter(item__in=items).select_related("item", "unit", "supplier__party")
        found = list(rows.prefetch_related("prices"))
        known = {(row.supplier_id, row.item_id): row for row in found}
        self.preferred = {row.item_id: row for row in found if row.is_preferred and row.is_active}
        for piece in pieces:
            means = piece.row.means
            piece.found = known.get((means["supplier"].pk, means["sku"].pk))

    def judge(self, piece: Piece, by: Actor) -> None:
        given = {name: value for name in TERMS if (value := piece.all(name)) is not None}
        given["is_active"] = given.get("is_active", True)
        currency = (piece.all("currency") or piece.row.means["supplier"].currency).upper()
        valid_from, offer = piece.all("valid_from") or localdate(), piece.found
        breaks = self._breaks(piece)
        unit, pack = self._unit(piece)
        if piece.errors:
            return
        self._one_preferred(piece, given)
        if offer is None:
            piece.effect = NEW
            piece.plan = {**given, "unit": unit, "numerator": pack, "currency": currency, "prices": breaks}
            piece.plan["valid_from"] = valid_from
            return
        piece.subject = offer.subject
        if (unit.pk, pack, 1) != (offer.unit_id, offer.numerator, offer.denominator) or currency != offer.currency:
            piece.row.object(_("Unit, pack and currency of an offer stay: prices and orders speak in them."))
            return
        terms = {name: value for name, value in given.items() if getattr(offer, name) != value}
        running = self._running(offer, valid_from)
        prices = breaks if breaks and breaks != running else []
        piece.plan = {"terms": terms, "prices": prices, "valid_from": valid_from}
        piece.before = {name: kept(getattr(offer, name)) for name in terms}
        if prices:
            piece.before["prices"] = [[kept(quantity), kept(price)] for quantity, price in running]
            piece.before["valid_from"] = valid_from.isoformat()
        piece.effect = CHANGED if terms or prices else UNCHANGED

    def _unit(self, piece: Piece) -> tuple[Any, int]:
        """The unit it is ordered in and its base units; what is not said is as it was, or as the item says."""
        offer, item, means = piece.found, piece.row.means["sku"], piece.row.means
        pack = piece.all("pack")
        if "unit" not in means:
            return (offer.unit, pack or offer.numerator) if offer else (item.base_unit, pack or 1)
        unit = means["unit"]
        if offer and unit.pk == offer.unit_id:
            return unit, pack or offer.numerator
        if pack is None and unit.pk != item.base_unit_id:
            known = next((row for row in item.units.all() if row.unit_id == unit.pk and row.denominator == 1), None)
            if known is None:
                piece.row.object(_("Say how many base units one %(unit)s is.") % {"unit": unit.code})
            return unit, known.numerator if known else 1
        return unit, pack or 1

    def _breaks(self, piece: Piece) -> list[tuple[Decimal, Decimal]]:
        breaks = sorted(
            (row.get("from_quantity", Decimal(0)), row["price"]) for row in piece.rows if row["price"] is not None
        )
        if len(piece.rows) > 1 and len({quantity for quantity, _price in breaks}) < len(piece.rows):
            piece.row.object(
                _("Several rows of one offer are its price breaks: each needs its own from quantity and price.")
            )
        return breaks

    def _one_preferred(self, piece: Piece, given: dict[str, Any]) -> None:
        if not (given.get("is_preferred") and given["is_active"]):
            return
        item, supplier = piece.row.means["sku"], piece.row.means["supplier"]
        other = self.preferred.get(item.pk)
        if other is not None and other.supplier_id != supplier.pk:
            piece.row.object(_("%(who)s is the first choice for it already.") % {"who": other.supplier.party.name})
            return
        self.preferred.setdefault(
            item.pk, piece.found or SupplierItem(item=item, supplier=supplier, is_preferred=True, is_active=True)
        )

    @staticmethod
    def _running(offer: SupplierItem, on: Any) -> list[tuple[Decimal, Decimal]]:
        """The breaks that hold on a day, if none begins later."""
        rows = [row for row in offer.prices.all() if row.valid_to is None or row.valid_to >= on]
        if any(row.valid_from > on for row in rows):
            return []
        return sorted((row.quantity_from, row.price) for row in rows)

    def write_set(self, pieces: list[Piece], writing: Writing) -> None:
        by_day: dict[Any, list[Piece]] = {}
        for piece in pieces:
            by_day.setdefault(piece.plan.pop("valid_from"), []).append(piece)
        for day, group in by_day.items():
            given = [
                {"supplier": piece.row.means["supplier"], "item": piece.row.means["sku"], **piece.plan}
                for piece in group
            ]
            made = offers.enter(given=given, valid_from=day, by=writing.by, at=writing.at, key=writing.key(group[0]))
            for piece, offer in zip(group, made, strict=True):
                piece.subject = offer.subject

    def write(self, piece: Piece, writing: Writing) -> None:
        offer, plan = piece.found, piece.plan
        said: dict[str, Any] = {"by": writing.by, "at": writing.at, "seen": AS_IT_IS, "key": writing.key(piece)}
        if plan["terms"]:
            offer = offers.change_offer(offer=offer, terms=plan["terms"], **said)
        if plan["prices"]:
            offers.set_prices(offer=offer, valid_from=plan["valid_from"], breaks=plan["prices"], **said)

    def undo(self, offer: SupplierItem, piece: Undone, writing: Writing, key: str) -> None:
        said: dict[str, Any] = {"by": writing.by, "at": writing.at, "seen": AS_IT_IS, "key": key}
        if piece.effect == NEW:
            if not offer.is_active:
                raise Refused(_("It is not sold any more."))
            offers.change_offer(offer=offer, terms={"is_active": False}, **said)
            return
        before = dict(piece.before or {})
        prices, day = before.pop("prices", None), before.pop("valid_from", None)
        if before:
            offer = offers.change_offer(offer=offer, terms=self.restored(before), **said)
        if prices == []:
            raise Refused(_("It had no price before: set one on its page."))
        if prices:
            breaks = [(Decimal(quantity), Decimal(price)) for quantity, price in prices]
            valid_from = self.restored({"valid_from": day})["valid_from"]
            offers.set_prices(offer=offer, valid_from=valid_from, breaks=breaks, **said)
