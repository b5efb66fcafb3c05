"""What may be done about differences found at posting, and about ship notices that do not match."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.accruals import actions as accruals
from finance.accruals.actions import Arrived
from finance.accruals.models import Accrual
from finance.commitments import actions as commitments
from finance.commitments.actions import Rebound
from finance.credits import actions as credits
from foundation.documents.models import Recorded
from foundation.resolutions.registry import looked_up, register
from foundation.subjects.registry import fetch
from foundation.values.actor import Actor
from foundation.values.exact import plain
from organization.sites.queries import today
from procurement.orders import actions as orders
from procurement.orders.models import PurchaseOrder
from receiving.receipts.models import Receipt, ReceiptLine
from receiving.stock import actions as stock
from receiving.stock.actions import Moved
from receiving.stock.models import MovementKind, StockBalance, StockStatus

ON_FLOOR = ("receipt_over", "receipt_damaged", "receipt_wrong_item", "receipt_unordered")


class _OnReceiptLine:
    """A way out of a case about one line of a receipt."""

    verb = "work_case"

    def lock(self, case: Any) -> Iterable[Recorded]:
        order = self._order(case)
        return [order] if order else []

    def why_not(self, case: Any) -> list[str]:
        return []

    def _line(self, case: Any) -> ReceiptLine:
        return looked_up(case, "line", lambda: self._found(case))

    def _found(self, case: Any) -> ReceiptLine:
        receipt: Receipt = fetch(case.about)
        related = ["receipt__site", "order_line__order", "order_line__unit", "item__base_unit"]
        return receipt.lines.select_related(*related).get(number=case.facts["line"])

    def _order(self, case: Any) -> PurchaseOrder | None:
        line = self._line(case)
        return line.order_line.order if line.order_line else None

    def _quantity(self, case: Any) -> Decimal:
        return Decimal(case.facts["quantity"])

    def _stands(self, case: Any) -> dict[str, Decimal]:
        """Status -> quantity of the goods that the case is about."""
        return {status: Decimal(quantity) for status, quantity in case.facts.get("stands", {}).items()}

    def _said(self, case: Any) -> dict[str, str]:
        line = self._line(case)
        unit = line.item.base_unit.code if line.item else ""
        quantity = sum(self._stands(case).values(), Decimal(0)) or self._quantity(case)
        order = line.order_line.order.number if line.order_line else ""
        return {"quantity": f"{plain(quantity)} {unit}".strip(), "item": line.description, "order": order}

    def _gone(self, case: Any, line: ReceiptLine) -> list[str]:
        """Goods that no longer stand where the case left them."""
        rows = StockBalance.objects.everywhere(because="the goods of the case in hand")
        there = rows.filter(site=line.receipt.site_id, item=line.item_id)
        left = looked_up(case, "left", lambda: {row.status: row.quantity - row.allocated for row in there})
        return [
            _("Only %(left)s of them still stand as “%(status)s”: somebody moved the rest.")
            % {"left": plain(left.get(status, Decimal(0))), "status": StockStatus(status).label.lower()}
            for status, wanted in self._stands(case).items()
            if left.get(status, Decimal(0)) < wanted
        ]


@register("receipt_short")
class ExpectRemainder(_OnReceiptLine):
    name, label = "expect_remainder", gettext_lazy("Wait for the rest")

    def preview(self, case: Any) -> list[str]:
        said = self._said(case)
        return [
            _("%(quantity)s stay open on %(order)s and are expected.") % said,
            _("An invoice for them waits until they come."),
        ]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None: ...


@register("receipt_short")
class CloseShort(_OnReceiptLine):
    name, label, verb = "close_short", gettext_lazy("Close the line: the rest will not come"), "change_order"

    def why_not(self, case: Any) -> list[str]:
        line = self._line(case).order_line
        return [] if line and line.open else [_("Nothing of this line is open any more.")]

    def preview(self, case: Any) -> list[str]:
        line = self._line(case).order_line
        said = self._said(case) | {"open": plain(line.open), "line": line.number}
        return [
            _("%(open)s still open of line %(line)s of %(order)s are cancelled.") % said,
            _("The budget is freed of them; an invoice for them will not match."),
        ]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        line = self._line(case).order_line
        orders.cancel_remainder(order=line.order, line_number=line.number, reason=case.number, by=by, at=at)


@register(*ON_FLOOR)
class TakeIn(_OnReceiptLine):
    """Keep the goods as they are. What an order asked for may then be billed."""

    name, label, verb = "take_in", gettext_lazy("Keep them, as they are"), "adjust_stock"

    def why_not(self, case: Any) -> list[str]:
        line = self._line(case)
        return self._gone(case, line) if line.item_id else [_("Nobody said which item it is: send it back.")]

    def preview(self, case: Any) -> list[str]:
        said = self._said(case)
        made = [_("%(quantity)s of %(item)s become available stock; waiting customers are served.") % said]
        if self._line(case).is_ours:
            return [*made, _("They may be billed against %(order)s.") % said]
        return [*made, _("No order asked for them: an invoice for them must be decided by hand.")]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        line = self._line(case)
        accruals.let_go(case_id=case.pk)
        stock.change_status_many(
            site_id=line.receipt.site_id,
            moved=[Moved(line.item_id, status, quantity, line.lot) for status, quantity in self._stands(case).items()],
            target=self.target(line),
            reference=case.number,
            by=by,
            at=at,
        )

    def target(self, line: ReceiptLine) -> StockStatus:
        return StockStatus.AVAILABLE


@register("receipt_document")
class CertificateCame(TakeIn):
    """The papers are here; what must be inspected is inspected now."""

    name, label = "certificate_came", gettext_lazy("The certificate is here: use them")

    def preview(self, case: Any) -> list[str]:
        said = self._said(case)
        if self.target(self._line(case)) == StockStatus.INSPECTION:
            made = _("%(quantity)s of %(item)s leave the hold area and go to inspection.") % said
        else:
            made = _("%(quantity)s of %(item)s become available stock; waiting customers are served.") % said
        return [made, _("They may be billed against %(order)s.") % said]

    def target(self, line: ReceiptLine) -> StockStatus:
        return StockStatus.INSPECTION if line.item.needs_inspection else StockStatus.AVAILABLE


class _SendBack(_OnReceiptLine):
    verb = "adjust_stock"
    replaced = False

    def why_not(self, case: Any) -> list[str]:
        line = self._line(case)
        return self._gone(case, line) if line.item_id else []

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        line, stands = self._line(case), self._stands(case)
        quantity = sum(stands.values(), Decimal(0))
        if line.is_ours and quantity:
            returned = {line.order_line_id: quantity}
            orders.note_sent_back(order=line.order_line.order, returned=returned, replaced=self.replaced, by=by, at=at)
            self._owe_less(case, line, quantity, by=by, at=at)
        if line.item_id:
            stock.take_out(
                site_id=line.receipt.site_id,
                moved=[Moved(line.item_id, status, left, line.lot) for status, left in stands.items()],
                kind=MovementKind.RETURN,
                reference=case.number,
                by=by,
                at=at,
            )

    def _owe_less(self, case: Any, line: ReceiptLine, quantity: Decimal, *, by: Actor, at: datetime) -> None:
        held = list(Accrual.objects.filter(case_id=case.pk))
        if line.order_line.commitment_id and held:
            back = Arrived(line.order_line.commitment_id, -quantity, -quantity)
            on = today(line.receipt.site, at)
            accruals.accrue(receipt_number=case.number, received_on=on, arrived=[back], by=by, at=at)
            accruals.forget_holds(held)
            line.order_line.refresh_from_db()
            commitments.rebind([_bound(line)], by=by, at=at)


def _bound(line: ReceiptLine) -> Rebound:
    """What the order line binds now: what will not be replaced binds nothing any more."""
    ordered = line.order_line
    return Rebound(ordered.commitment_id, ordered.ordered - ordered.cancelled, ordered.price, ordered.need_by)


@register("receipt_over", "receipt_wrong_item", "receipt_unordered", "receipt_document")
class SendBackOver(_SendBack):
    name, label = "send_back", gettext_lazy("Send them back")

    def preview(self, case: Any) -> list[str]:
        return [_("%(quantity)s of %(item)s leave the hold area and are not paid.") % self._said(case)]


@register("receipt_damaged")
class Replace(_SendBack):
    name, label, replaced = "replace", gettext_lazy("Send them back, expect replacements"), True

    def preview(self, case: Any) -> list[str]:
        said = self._said(case)
        return [
            _("%(quantity)s of %(item)s go back and are expected again on %(order)s.") % said,
            _("They are not paid until they come."),
        ]


@register("receipt_damaged")
class Credit(_SendBack):
    name, label, replaced = "credit", gettext_lazy("Send them back, no replacement"), False

    def preview(self, case: Any) -> list[str]:
        said = self._said(case)
        return [
            _("%(quantity)s of %(item)s go back; %(order)s is that much smaller.") % said,
            _("They are not paid; the budget is freed of them."),
        ]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        """Where they were billed already, what the supplier agreed to give back is expected as a credit note."""
        super().carry_out(case, by=by, at=at, facts=facts)
        line = self._line(case)
        bound = line.order_line.commitment if line.order_line else None
        if bound and (agreed := facts.get("amount")) and bound.billed > bound.received:
            number = line.order_line.order.number
            credits.expect(case, amount=Decimal(agreed), order_number=number, at=at)


@register("receipt_refused", "notice_mismatch")
class Noted(_OnReceiptLine):
    name, label = "noted", gettext_lazy("Seen, nothing more to do")

    def lock(self, case: Any) -> Iterable[Recorded]:
        return []

    def preview(self, case: Any) -> list[str]:
        return [_("The case is closed; nothing else changes.")]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None: ...
