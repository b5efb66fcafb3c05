"""What a supplier may see of a case about a delivery, and how it may be settled with him."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.subjects.registry import fetch
from foundation.values.exact import plain
from receiving.notices import checking
from receiving.notices.models import HandlingUnit, ShipNotice
from receiving.receipts.models import Receipt, ReceiptLine
from suppliers.disputes.settlements import (
    AMOUNT,
    CORRECT,
    CREDIT,
    DAY,
    DELIVER,
    NO_CLAIM,
    Settlement,
    register,
)
from suppliers.disputes.showing import Shown, shows

MOST_LABELS = 6

register(
    "receipt_short",
    by=(
        Settlement(
            DELIVER,
            "expect_remainder",
            gettext_lazy("The rest is delivered"),
            gettext_lazy("It stays open on the order until then."),
            asks=DAY,
        ),
        Settlement(
            CORRECT,
            "close_short",
            gettext_lazy("What arrived is all"),
            gettext_lazy("The line is closed with what was counted; the rest is neither delivered nor paid."),
        ),
    ),
)
register(
    "receipt_damaged",
    by=(
        Settlement(
            DELIVER,
            "replace",
            gettext_lazy("Replaced"),
            gettext_lazy("The damaged goods go back and are expected anew on the order."),
            asks=DAY,
        ),
        Settlement(
            CREDIT,
            "credit",
            gettext_lazy("Credited, not replaced"),
            gettext_lazy("The damaged goods go back; what was billed of them already is credited."),
            asks=AMOUNT,
        ),
        Settlement(
            NO_CLAIM,
            "take_in",
            gettext_lazy("No claim"),
            gettext_lazy("The buyer keeps the goods as they are and they may be billed."),
        ),
    ),
)
BACK = Settlement(
    CORRECT, "send_back", gettext_lazy("They go back"), gettext_lazy("The goods go back and are not paid.")
)
KEPT = Settlement(
    NO_CLAIM, "take_in", gettext_lazy("The buyer keeps them"), gettext_lazy("The goods stay and may be billed.")
)
register("receipt_over", "receipt_wrong_item", "receipt_unordered", by=(BACK, KEPT))
register("receipt_document", by=(BACK,))


@shows("receiving.receipt")
def of_receipt(case: Any, title: str) -> Shown:
    """What was ordered, announced and counted of the line; the receiver's photo waits to be shown."""
    receipt: Receipt = fetch(case.about)
    line = receipt.lines.select_related("order_line__order", "item__base_unit", "photo").get(number=case.facts["line"])
    order, unit = line.order_line.order if line.order_line else None, line.item.base_unit.code if line.item else ""
    notice = receipt.notice
    counted = [
        (_("Ordered"), line.order_line.ordered if line.order_line else None),
        (_("Announced"), line.expected if notice else None),
        (_("Counted in good order"), line.accepted),
        (_("Counted damaged"), line.damaged or None),
        (_("Sent away with the truck"), line.refused or None),
        (_("In question"), Decimal(case.facts["quantity"])),
    ]
    facts = [(_("Delivery note"), notice.reference if notice else receipt.delivery_note), (_("Order"), _line(line))]
    facts += [(label, f"{plain(value)} {unit}".strip()) for label, value in counted if value is not None]
    facts += [(_("Lot"), line.lot), (_("Label"), _labels(line))]
    return Shown(
        about=_("Delivery %(number)s") % {"number": facts[0][1] or receipt.number},
        title=f"{title}: {line.description}",
        facts=[(label, value) for label, value in facts if value],
        order_public_id=order.public_id if order else None,
        notice_public_id=notice.public_id if notice else None,
        files=[line.photo] if line.photo else [],
    )


@shows("receiving.shipnotice")
def of_notice(case: Any, title: str) -> Shown:
    """What does not fit the order, in the words that the supplier read when he announced it."""
    notice: ShipNotice = fetch(case.about)
    first = notice.lines.select_related("order_line__order").order_by("pk").first()
    facts = [(_("Delivery note"), notice.reference), (_("Arrives"), notice.arrives_on.isoformat())]
    facts += [(_("Remark"), sentence) for sentence in checking.sentences(notice.flags)]
    return Shown(
        about=_("Delivery %(number)s") % {"number": notice.reference},
        title=title,
        facts=facts,
        order_public_id=first.order_line.order.public_id if first else None,
        notice_public_id=notice.public_id,
    )


def _line(line: ReceiptLine) -> str:
    return f"{line.order_line.order.number}/{line.order_line.number}" if line.order_line else ""


def _labels(line: ReceiptLine) -> str:
    """The labels of the pallets and cartons on which the notice said it stands."""
    if not line.notice_line_id:
        return ""
    everywhere = HandlingUnit.objects.everywhere(because="labels of goods that the supplier sent himself")
    units = everywhere.filter(contents__line=line.notice_line_id).exclude(sscc="").order_by("sscc")
    return ", ".join(units.values_list("sscc", flat=True).distinct()[:MOST_LABELS])
