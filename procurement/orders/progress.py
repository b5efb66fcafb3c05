"""How far an order is: three thin bars in one cell, and one true sentence on its page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.screens import shown
from organization.notifications.models import Mail
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine

Told = Mapping[str, Any] | None
"""The last mail about an order: status, to, sent_at."""
BARS = ("confirmed", "received", "invoiced")


def bars(shares: Mapping[str, Any] | None) -> SafeString:
    """Confirmed, received and invoiced, each as a share of the lines; in words for whoever cannot see them."""
    parts = [(name, percent((shares or {}).get(name))) for name in BARS]
    said = _("confirmed %(confirmed)d %%, received %(received)d %%, invoiced %(invoiced)d %%") % dict(parts)
    drawn = format_html_join(
        "",
        '<rect class="track" y="{}" width="100" height="3"/><rect class="{}" y="{}" width="{}" height="3"/>',
        ((row * 5, name, row * 5, share) for row, (name, share) in enumerate(parts)),
    )
    return format_html(
        '<span class="thin-bars"><svg viewBox="0 0 100 13" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
        '<span class="vh">{}</span></span>',
        drawn,
        said,
    )


@dataclass(frozen=True)
class Bar:
    """One of the three bars on an order's page."""

    name: str
    label: str
    percent: int


def shares(lines: Sequence[PurchaseOrderLine]) -> list[Bar]:
    """Confirmed, received and invoiced, as the mean over the lines: the figures of the list's cell, spelled out."""
    parts = {
        "confirmed": (_("Confirmed"), [_share(line, line.confirmed_quantity) for line in lines]),
        "received": (_("Received"), [_share(line, line.received) for line in lines]),
        "invoiced": (_("Invoiced"), [_share(line, billed(line)) for line in lines]),
    }
    return [Bar(name, label, percent(sum(all_) / len(all_) if all_ else 0)) for name, (label, all_) in parts.items()]


def _share(line: PurchaseOrderLine, part: Decimal | None) -> Decimal:
    return min(part or Decimal(0), line.ordered) / line.ordered if line.ordered else Decimal(0)


def billed(line: PurchaseOrderLine) -> Decimal:
    return line.commitment.billed if line.commitment else Decimal(0)


def is_late(line: PurchaseOrderLine, on: date) -> bool:
    """Something of it should be here and is not."""
    return bool(line.open) and (line.promised_on or line.need_by) < on


def percent(share: Any) -> int:
    """Whole percent; 100 only when it is all of it."""
    return min(100, int(float(share or 0) * 100 + 1e-9))


def sentence(order: PurchaseOrder, lines: Sequence[PurchaseOrderLine], on: date, mail: Told = None) -> str:
    """The truth across mail, supplier, warehouse, invoices and ERP, in one line."""
    if order.status != OrderState.ISSUED:
        return _before_or_after(order)
    parts = [_("Issued %(when)s") % {"when": _when(order.issued_at)}, *_told(mail), _answers(lines)]
    overdue = [line for line in lines if is_late(line, on)]
    if overdue:
        worst = min(overdue, key=lambda line: line.promised_on or line.need_by)
        days = (on - (worst.promised_on or worst.need_by)).days
        late = ngettext("line %(line)d is %(days)d day late", "line %(line)d is %(days)d days late", days)
        parts.append(late % {"line": worst.number, "days": days})
    arrived = sum(1 for line in lines if not line.open)
    if order.received_at:
        here = ngettext("%(n)d of %(all)d line is here", "%(n)d of %(all)d lines are here", len(lines))
        parts.append(here % {"n": arrived, "all": len(lines)})
    if invoiced := sum(1 for line in lines if billed(line)):
        paid = ngettext("%(n)d of %(all)d line is invoiced", "%(n)d of %(all)d lines are invoiced", len(lines))
        parts.append(paid % {"n": invoiced, "all": len(lines)})
    parts.append(str(order.get_synced_display()).lower().replace("erp", "ERP"))
    return "; ".join(parts) + "."


def _answers(lines: Sequence[PurchaseOrderLine]) -> str:
    answered = sum(line.confirmed_quantity is not None for line in lines)
    said = {"n": answered, "all": len(lines)}
    return ngettext("%(n)d of %(all)d line confirmed", "%(n)d of %(all)d lines confirmed", len(lines)) % said


def _before_or_after(order: PurchaseOrder) -> str:
    words = {
        OrderState.DRAFT: _("A draft: nobody has been told."),
        OrderState.IN_APPROVAL: _("Waiting for approval."),
        OrderState.APPROVED: _("Approved; the supplier does not know of it yet."),
        OrderState.CLOSED: _("Closed: everything that was to come has come."),
        OrderState.CANCELLED: _("Cancelled: %(why)s") % {"why": order.reason},
        OrderState.REJECTED: _("Rejected: it will not be ordered."),
    }
    return words[OrderState(order.status)]


def _told(mail: Told) -> Iterator[str]:
    """Whether the supplier could hear of it, as far as our mail knows."""
    if mail and mail["status"] == Mail.Status.FAILED:
        yield _("the mail to %(address)s did not arrive") % {"address": mail["to"]}
    elif mail and mail["sent_at"]:
        yield _("mailed %(when)s") % {"when": _when(datetime.fromisoformat(mail["sent_at"]))}


def _when(instant: datetime) -> str:
    at = localtime(instant)
    return f"{shown.day_text(at.date())}, {at:%H:%M}"
