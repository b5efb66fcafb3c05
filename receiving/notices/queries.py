"""What ship notice screens show."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from foundation.search.registry import Hit
from foundation.values.actor import Actor
from receiving.notices.barcodes import bare_sscc
from receiving.notices.models import HandlingUnit, Milestone, ShipNotice, ShipNoticeLine

OF_ROW = "of the row around it"


def notice_rows(actor: Actor) -> QuerySet[ShipNotice]:
    rows = ShipNotice.objects.visible_to(actor).select_related("site", "supplier__party")
    return with_counts(rows)


def with_counts(rows: QuerySet[ShipNotice]) -> QuerySet[ShipNotice]:
    """``lines_count``, ``units_count``, and ``last_milestone``."""
    units = HandlingUnit.objects.everywhere(because=OF_ROW).filter(notice=OuterRef("pk")).order_by().values("notice")
    milestones = Milestone.objects.everywhere(because=OF_ROW).filter(notice=OuterRef("pk"))
    return rows.annotate(
        lines_count=Count("lines"),
        units_count=Coalesce(Subquery(units.annotate(n=Count("pk")).values("n")), 0),
        last_milestone=Subquery(milestones.order_by("-happened_at", "-pk").values("kind")[:1]),
    )


def notice_pages(actor: Actor) -> QuerySet[ShipNotice]:
    return ShipNotice.objects.visible_to(actor).select_related("site__entity", "supplier__party", "submission")


def lines_of(notice: ShipNotice) -> list[ShipNoticeLine]:
    related = ["order_line__order", "order_line__item__base_unit"]
    lines = list(notice.lines.select_related(*related).order_by("number"))
    for line in lines:
        line.flags = [flag["sentence"] for flag in notice.flags if flag["line"] == line.number]
    return lines


def of_order(number: str, actor: Actor) -> list[ShipNotice]:
    everywhere = ShipNotice.objects.everywhere(because="narrowed to what the actor sees by the query around it")
    about = everywhere.filter(lines__order_line__order__number=number).values("pk")
    return list(notice_rows(actor).filter(pk__in=about).order_by("-pk")[:50])


def subjects_of(order_id: int, actor: Actor) -> list[str]:
    """The notices with goods of this order, as the journal names them."""
    everywhere = ShipNotice.objects.everywhere(because="narrowed to what the actor sees by the query around it")
    about = everywhere.filter(lines__order_line__order=order_id).values("pk")
    found = ShipNotice.objects.visible_to(actor).filter(pk__in=about).order_by("-pk").only("pk")
    return [notice.subject for notice in found[:20]]


def find_notices(text: str, actor: Actor, limit: int) -> list[Hit]:
    """By our number, the supplier's delivery note, or an SSCC on it."""
    bare = bare_sscc(text)
    everywhere = ShipNotice.objects.everywhere(because="narrowed to what the actor sees by the query around it")
    on_pallet = everywhere.filter(units__sscc=bare).values("pk") if len(bare) == 18 else []
    rows = ShipNotice.objects.visible_to(actor).select_related("supplier__party")
    found = rows.filter(Q(number__istartswith=text) | Q(reference__iexact=text) | Q(pk__in=on_pallet))
    return [
        Hit(notice.number, notice.supplier.party.name, reverse("receiving:notice", args=[notice.number]))
        for notice in found.order_by("-pk")[:limit]
    ]
