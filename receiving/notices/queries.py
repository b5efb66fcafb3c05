"""What ship notice screens show."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from foundation.search.registry import Hit
from foundation.values.actor import Actor
from receiving.notices.barcodes import bare_sscc
from receiving.notices.models import ShipNotice, ShipNoticeLine


def notice_rows(actor: Actor) -> QuerySet[ShipNotice]:
    rows = ShipNotice.objects.visible_to(actor).select_related("site", "supplier__party")
    return rows.annotate(lines_count=Count("lines"))


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
