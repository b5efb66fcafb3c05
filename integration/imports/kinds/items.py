"""Items: new ones are born in sets, known ones change; SKU, category and base unit stay."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from integration.imports.columns import CHANGED, FLAG, NEW, NUMBER, UNCHANGED, Column, Piece, kept
from integration.imports.kinds.base import Kind, Undone, Writing, needed
from integration.imports.traces import traces
from organization.items import actions as items
from organization.items.models import Item, ItemUnit

FIELDS = (
    *("description", "gtin", "standard_price", "reorder_point", "safety_stock"),
    *("needs_inspection", "tracks_lots", "tracks_expiry", "tracks_serials", "needs_certificate", "is_active"),
)
FIXED = ("category", "base_unit")


class Items(Kind):
    name, label, one = "items", gettext_lazy("Items"), gettext_lazy("item")
    verbs = ("edit_master_data",)
    key = ("sku",)
    takes_sets = True
    columns = (
        Column("sku", gettext_lazy("SKU"), needed=True, also=("item", "item number", "productnumber", "artikel")),
        Column("description", gettext_lazy("Description"), longest=200, also=("name", "text", "omschrijving")),
        Column("category", gettext_lazy("Category"), of="category", also=("category code", "group")),
        Column("base_unit", gettext_lazy("Base unit"), of="unit", also=("unit", "uom", "unit code")),
        Column("gtin", gettext_lazy("GTIN"), longest=14, also=("ean", "barcode", "gtin13")),
        Column("standard_price", gettext_lazy("Standard price"), NUMBER, also=("standardcost", "cost")),
        Column("reorder_point", gettext_lazy("Reorder point"), NUMBER, also=("reorderpoint", "minimum stock")),
        Column("safety_stock", gettext_lazy("Safety stock"), NUMBER, also=("safetystocklevel",)),
        Column("needs_inspection", gettext_lazy("Inspected when it arrives"), FLAG, also=("inspection",)),
        Column("tracks_lots", gettext_lazy("Lots are tracked"), FLAG, also=("lots", "batch")),
        Column("tracks_expiry", gettext_lazy("Suppliers say until when it keeps"), FLAG, also=("shelf life", "expiry")),
        Column("tracks_serials", gettext_lazy("Suppliers give serial numbers"), FLAG, also=("serials",)),
        Column("needs_certificate", gettext_lazy("Comes with a certificate"), FLAG, also=("certificate",)),
        Column("is_active", gettext_lazy("In use"), FLAG, also=("active",), hint=gettext_lazy("Empty means yes.")),
    )

    def prepare(self, pieces: list[Piece], by: Actor) -> None:
        known = Item.objects.in_bulk({piece.row["sku"] for piece in pieces}, field_name="sku")
        for piece in pieces:
            piece.found = known.get(piece.row["sku"])

    def judge(self, piece: Piece, by: Actor) -> None:
        row, item = piece.row, piece.found
        if row["gtin"] and not (row["gtin"].isdigit() and 8 <= len(row["gtin"]) <= 14):
            row.object(_("GTIN: write 8 to 14 digits."))
        given = {name: row[name] for name in FIELDS if row[name] is not None} | {
            "is_active": row.get("is_active", True)
        }
        if item is None:
            needed(row, self, ("description", *FIXED))
            piece.effect, piece.plan = NEW, given
            return
        for name in FIXED:
            if name in row.means and row.means[name].pk != getattr(item, f"{name}_id"):
                row.object(_("%(column)s stays: documents speak in it.") % {"column": self.column(name).label})
        piece.subject = item.subject
        piece.plan = {name: value for name, value in given.items() if getattr(item, name) != value}
        piece.before = {name: kept(getattr(item, name)) for name in piece.plan}
        piece.effect = CHANGED if piece.plan else UNCHANGED

    def write_set(self, pieces: list[Piece], writing: Writing) -> None:
        given = [
            {"sku": piece.row["sku"], **piece.plan, **{name: piece.row.means[name] for name in FIXED}}
            for piece in pieces
        ]
        made = items.register(given=given, by=writing.by, at=writing.at, key=writing.key(pieces[0]))
        for piece, item in zip(pieces, made, strict=True):
            piece.subject = item.subject

    def write(self, piece: Piece, writing: Writing) -> None:
        item = piece.found
        items.change(
            item=item, values=piece.plan, by=writing.by, at=writing.at, seen=item.version, key=writing.key(piece)
        )

    def undo(self, item: Item, piece: Undone, writing: Writing, key: str) -> None:
        if piece.effect == NEW and (said := traces(item, parts=[ItemUnit])):
            raise Refused(_("%(item)s is in use: %(where)s.") % {"item": item.sku, "where": ", ".join(said)})
        back = {"is_active": False} if piece.effect == NEW else self.restored(piece.before)
        items.change(item=item, values=back, by=writing.by, at=writing.at, seen=item.version, key=key)
