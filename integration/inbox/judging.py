"""What becomes of a message: its faults and our books together. Nothing is written here."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from integration.canon import acknowledgements as acks
from integration.canon.acknowledgements import Acknowledgement
from integration.canon.documents import Document
from integration.canon.faults import Fault, Level, worst
from integration.canon.order_responses import OrderResponse
from integration.canon.received import Received
from integration.canon.ship_notices import ShipNotice
from integration.canon.supplier_invoices import SupplierInvoice
from integration.inbox.confirmations import confirmation
from integration.inbox.invoices import invoice
from integration.inbox.lifecycle import InboundState
from integration.inbox.matching import Doubts, Wanted
from integration.inbox.ship_notices import ship_notice
from integration.partners import queries as partners
from integration.partners.models import TradingPartner
from organization.entities.models import LegalEntity
from suppliers.suppliers.models import Supplier

NOT_UNDERSTOOD = (acks.REJECTED, acks.PARTLY)


@dataclass(frozen=True)
class Verdict:
    """What should become of a message, and why."""

    status: InboundState
    faults: list[Fault]
    """All, the worst first."""
    partner: TradingPartner | None = None
    wanted: list[Wanted] = field(default_factory=list)
    """The submissions to make, if it is taken over."""

    @property
    def entity(self) -> LegalEntity | None:
        """Whose it is, if all its orders are of one entity."""
        entities = {order.entity for wanted in self.wanted for order in wanted.orders}
        return entities.pop() if len(entities) == 1 else None

    @property
    def stops(self) -> list[str]:
        """The sentences that keep it from being booked."""
        return [fault.sentence for fault in self.faults if fault.level >= Level.HOLD]


def judge(received: Received, *, is_reused: bool = False, objection: str = "") -> Verdict:
    """Lay a message beside our books. ``is_reused``: another one came before under its control numbers.

    ``objection``: why whoever brought it may not speak for its sender. Then nothing of our books is looked at.
    """
    if objection:
        refusal = Fault(Level.REFUSE, "not_the_sender", "", objection)
        return Verdict(InboundState.REFUSED, [refusal, *received.faults])
    doubts = Doubts()
    partner = partners.partner_at(received.sender)
    wanted: list[Wanted] = []
    if partner is None:
        _unknown(received, doubts)
    else:
        _agreed(received, partner, doubts)
        if received.document is not None:
            wanted = meant(received.document, partner.supplier, doubts)
    if is_reused:
        sentence = _("Another message came before under the same control number: ask for it under a new one.")
        doubts.hold("control_reused", "", sentence)
    faults = sorted([*received.faults, *doubts.found], key=lambda fault: -fault.level)
    is_test = received.is_test or (partner is not None and partner.is_test)
    return Verdict(_status(worst(faults), is_test=is_test), faults, partner, wanted)


def _status(level: Level, *, is_test: bool) -> InboundState:
    if is_test:
        return InboundState.KEPT
    if level == Level.REFUSE:
        return InboundState.REFUSED
    return InboundState.HELD if level == Level.HOLD else InboundState.APPLIED


def _unknown(received: Received, doubts: Doubts) -> None:
    if received.sender:
        sentence = _("Nobody is known under the address %(sender)s: say which supplier sends under it.")
        doubts.hold("sender_unknown", "", sentence, sender=received.sender)
    else:
        doubts.hold("sender_unknown", "", _("It does not say who sends it: ask for it with its envelope."))


def _agreed(received: Received, partner: TradingPartner, doubts: Doubts) -> None:
    if partner.own_address and received.receiver != partner.own_address:
        sentence = _("It is addressed to %(receiver)s; with this supplier we are %(ours)s: ask whether it is for us.")
        doubts.hold("receiver_differs", "", sentence, receiver=received.receiver or "?", ours=partner.own_address)
    if partner.sends and received.document is not None and received.document.kind not in partner.sends:
        sentence = _("It was not agreed that they send %(kind)s: change the agreement, or refuse it.")
        doubts.hold("kind_not_agreed", "", sentence, kind=received.document.kind)


def meant(document: Document, supplier: Supplier, doubts: Doubts) -> list[Wanted]:
    """The submissions that a document of a supplier asks for."""
    if isinstance(document, OrderResponse):
        return confirmation(document, supplier, doubts)
    if isinstance(document, ShipNotice):
        return ship_notice(document, supplier, doubts)
    if isinstance(document, SupplierInvoice):
        return invoice(document, supplier, doubts)
    if isinstance(document, Acknowledgement):
        if document.code in NOT_UNDERSTOOD:
            sentence = _("The supplier could not take our message %(number)s: see why, and send it again.")
            doubts.warn("not_understood", "", sentence, number=document.document or document.control)
    else:
        sentence = _("This kind of message is ours to send: nothing is booked from it.")
        doubts.refuse("ours_to_send", "", sentence)
    return []


def orders_named(document: Document | None) -> list[str]:
    """The numbers of the orders that a document speaks of, ours or not."""
    if isinstance(document, Acknowledgement):
        return [document.document] if document.document else []
    references = [getattr(document, "order", None)]
    lines = document.every_line() if isinstance(document, ShipNotice) else ()
    references += [line.order for line, _around in lines]
    if isinstance(document, SupplierInvoice):
        references += [line.order for line in document.lines]
    return list(dict.fromkeys(one.number.strip() for one in references if one and one.number.strip()))
