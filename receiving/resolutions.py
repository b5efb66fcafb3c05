"""What may be done about differences found at posting."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.accruals import actions as accruals
from finance.accruals.actions import Arrived
from foundation.documents.models import Recorded
from foundation.resolutions.registry import register
from foundation.subjects.registry import fetch
from foundation.values.actor import Actor
from foundation.values.exact import plain
from organization.sites.queries import today
from procurement.orders import actions as orders
from procurement.orders.models import PurchaseOrder
from receiving.receipts.models import Receipt, ReceiptLine
from receiving.stock import actions as stock
from receiving.stock.actions import Moved
from receiving.stock.models import MovementKind, StockStatus

STANDS_AS = {"receipt_over": StockStatus.HOLD, "receipt_damaged": StockStatus.DAMAGED}


class _OnReceiptLine:
    """A way out of a case about one line of a receipt."""

    verb = "work_case"

    def lock(self, case: Any) -> Iterable[Recorded]:
        order = self._order(case)
        return [order] if order else []

    def why_not(self, case: Any) -> list[str]:
        return []

    def _line(self, case: Any) -> ReceiptLine:
        receipt: Receipt = fetch(case.about)
        related = ["receipt__site", "order_line__order", "item", "accrual"]
        return receipt.lines.select_related(*related).get(number=case.facts["line"])

    def _order(self, case: Any) -> PurchaseOrder | None:
        line = self._line(case)
        return line.order_line.order if line.order_line else None

    def _quantity(self, case: Any) -> Decimal:
        return Decimal(case.facts["quantity"])


@register("receipt_short")
class ExpectRemainder(_OnReceiptLine):
    name, label = "expect_remainder", gettext_lazy("Wait for the rest")

    def preview(self, case: Any) -> list[str]:
        return [_("%(quantity)s stay open on the order.") % {"quantity": plain(self._quantity(case))}]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None: ...


@register("receipt_short")
class CloseShort(_OnReceiptLine):
    name, label, verb = "close_short", gettext_lazy("Close the line: the rest will not come"), "change_order"

    def why_not(self, case: Any) -> list[str]:
        line = self._line(case).order_line
        return [] if line and line.open else [_("Nothing of this line is open any more.")]

    def preview(self, case: Any) -> list[str]:
        line = self._line(case).order_line
        return [
            _("%(quantity)s still open are cancelled.") % {"quantity": plain(line.open)},
            _("The budget is freed of them; an invoice for them will not match."),
        ]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        line = self._line(case).order_line
        orders.cancel_remainder(order=line.order, line_number=line.number, reason=case.number, by=by, at=at)


@register("receipt_over", "receipt_damaged")
class TakeIn(_OnReceiptLine):
    """Keep the goods as they are and pay for them."""

    name, label, verb = "take_in", gettext_lazy("Keep them, as they are"), "adjust_stock"

    def preview(self, case: Any) -> list[str]:
        return [
            _("%(quantity)s become available stock.") % {"quantity": plain(self._quantity(case))},
            _("They may be billed."),
        ]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        line = self._line(case)
        accruals.let_go(case_id=case.pk)
        stock.change_status(
            site_id=line.receipt.site_id,
            item_id=line.item_id,
            source=STANDS_AS[case.kind],
            target=StockStatus.AVAILABLE,
            quantity=self._quantity(case),
            reference=case.number,
            by=by,
            at=at,
        )


class _SendBack(_OnReceiptLine):
    verb = "adjust_stock"
    replaced: bool

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        line, quantity = self._line(case), self._quantity(case)
        orders.note_sent_back(
            order=line.order_line.order, returned={line.order_line_id: quantity}, replaced=self.replaced, by=by, at=at
        )
        if line.accrual:
            back = Arrived(line.accrual.commitment_id, -quantity, -quantity)
            on = today(line.receipt.site, at)
            accruals.accrue(receipt_number=case.number, received_on=on, arrived=[back], by=by, at=at)
            accruals.forget_holds([line.accrual])
        stock.take_out(
            site_id=line.receipt.site_id,
            moved=[Moved(line.item_id, STANDS_AS[case.kind], quantity, line.lot)],
            kind=MovementKind.RETURN,
            reference=case.number,
            by=by,
            at=at,
        )


@register("receipt_over")
class SendBackOver(_SendBack):
    name, label, replaced = "send_back", gettext_lazy("Send them back"), False

    def preview(self, case: Any) -> list[str]:
        return [_("%(quantity)s leave the hold area and are not paid.") % {"quantity": plain(self._quantity(case))}]


@register("receipt_damaged")
class Replace(_SendBack):
    name, label, replaced = "replace", gettext_lazy("Send them back, expect replacements"), True

    def preview(self, case: Any) -> list[str]:
        said = {"quantity": plain(self._quantity(case))}
        return [_("%(quantity)s go back and are expected again.") % said, _("They are not paid until they come.")]


@register("receipt_damaged")
class Credit(_SendBack):
    name, label, replaced = "credit", gettext_lazy("Send them back, no replacement"), False

    def preview(self, case: Any) -> list[str]:
        said = {"quantity": plain(self._quantity(case))}
        return [_("%(quantity)s go back; the order is that much smaller.") % said, _("They are not paid.")]


@register("receipt_refused", "receipt_unordered", "notice_mismatch")
class Noted(_OnReceiptLine):
    name, label = "noted", gettext_lazy("Seen, nothing more to do")

    def lock(self, case: Any) -> Iterable[Recorded]:
        return []

    def preview(self, case: Any) -> list[str]:
        return [_("The case is closed; nothing else changes.")]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None: ...
