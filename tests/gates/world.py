"""Two entities of one house, each with one real document of every kind: what the gates knock on.

Whatever a person can type carries the mark of its side, so that a word of one side on a page of the other is a leak.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField, TextField
from django.utils.timezone import now

from finance.credits.models import ExpectedCredit
from finance.invoices import actions as invoices
from finance.invoices.actions import Charged
from finance.matching.models import MatchTolerance
from foundation.documents.models import Scoped
from foundation.files import actions as files
from foundation.jobs import actions as jobs
from foundation.journal.models import Delivery, Entry
from foundation.journal.relay import drain
from foundation.scopes.verbs import registry as verbs
from foundation.screens.models import SavedView
from fulfillment.demand import actions as demand
from fulfillment.demand.actions import Ordered
from fulfillment.shipments import actions as shipments
from governance.access import actions as access
from governance.access.models import ConflictAcceptance
from governance.access.rights import rights
from governance.approvals import actions as approvals
from governance.approvals import links
from governance.approvals.models import MailLink, Task
from governance.authority import actions as authority
from governance.authority.models import AuthorityMatrix
from governance.cases.models import Case
from governance.parameters import actions as parameters
from governance.parameters.models import ParameterValue
from governance.waivers import actions as waivers
from integration.imports.models import Import
from integration.partners.models import TradingPartner
from integration.sending import actions as sending
from integration.sending import planning
from integration.sending.models import OutboundMessage
from intelligence.performance import actions as performance
from organization.calendars.models import Calendar
from organization.notifications import actions as notifications
from organization.notifications.models import Notice
from organization.people import factors
from organization.people.models import Credential, Person, PortalLink, PortalPasskey, TrustedDevice
from organization.scopes import actions as scopes
from procurement.changes.models import ChangeRequest
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from procurement.requisitions import actions as requisitions
from procurement.requisitions.drafting import Wanted
from receiving.notices import actions as notices
from receiving.notices.models import NoticeDraft, ShipNotice
from receiving.stock.models import StockBalance, StockMovement
from suppliers.banking import actions as banking
from suppliers.contracts import actions as contracts
from suppliers.contracts.actions import Agreed
from suppliers.disputes import actions as disputes
from suppliers.disputes.actions import Offer
from suppliers.disputes.models import Dispute
from suppliers.documents import actions as documents
from suppliers.documents.models import DocumentType
from suppliers.onboarding import actions as onboarding
from suppliers.scorecards.models import Score, ScoreCase
from suppliers.submissions import actions as submissions
from suppliers.submissions.models import Submission
from suppliers.suppliers import actions as suppliers
from suppliers.terms import actions as terms
from tests import scene as scenes
from tests.integration.clients.systems import system
from tests.integration.inbox import letters
from tests.portal.software_key import SoftwareKey
from tests.proofs import with_app
from tests.receiving import steps
from tests.scene import NOW, SETUP, TODAY, Scene, approve, fresh, key, person

PASSWORD = scenes.PASSWORD
LATER = (TODAY + dt.timedelta(days=44)).isoformat()
MEANING = {"verdict", "chain_head", "code", "cause"}
"""Texts that a program reads: what stands there is no word of anybody."""
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@dataclass
class Side:
    """One entity: its scene, its word, one person who may do everything there, its documents by name."""

    mark: str
    scene: Scene
    insider: Person
    reader: Person
    documents: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        if name in (documents := self.__dict__.get("documents", {})):
            return documents[name]
        raise AttributeError(name)

    @property
    def together(self) -> str:
        """What several answers of the supplier were sent under."""
        return f"sent-together-{self.scene.entity.code}"

    @property
    def town(self) -> str:
        """What the supplier says of itself: it is of the whole house, and of no other supplier."""
        return f"Town {self.mark}"

    @property
    def numbers(self) -> list[str]:
        """What people call these documents: none of it is known on the other side."""
        numbers = {str(getattr(one, "number", "")) for one in self.documents.values()}
        return sorted(number for number in numbers if f"-{self.scene.entity.code}-" in number)

    def words_in(self, text: str) -> list[str]:
        """This side's words that stand in a text."""
        return [word for word in (self.mark, *self.numbers) if word in text]


@dataclass
class World:
    home: Side
    away: Side
    stranger: Person
    head: Person
    """Holds every verb for the whole house."""


def build() -> World:
    first = scenes.build()
    second = scenes.branch(first, "DE")
    sides = side(first, "Quillfeather"), side(second, "Zanzibar")
    drain()
    performance.rank(at=NOW + dt.timedelta(days=40))
    return World(*sides, first.people["stranger"], appointed("head", list(verbs)))


def side(scene: Scene, mark: str) -> Side:
    looks = [name for name in verbs if name.startswith("see_")]
    code = scene.entity.code
    insider = appointed(f"insider {code}", list(verbs), scene)
    scenes.give(insider, "Branch manager", entity=scene.entity.pk)
    made = Side(mark, scene, insider, appointed(f"reader {code}", looks, scene))
    Credential.objects.create(person=scene.supplier_person, encoded=make_password(PASSWORD))
    for chapter in (ask_for, buy, receive, pay, sell, keep):
        made.documents |= chapter(made)
    plant(made)
    return made


def plant(side: Side) -> None:
    """The side's word in every text of its documents that is still empty."""
    for model in apps.get_models():
        if not issubclass(model, Scoped) or model is StockMovement:  # which only grows
            continue
        where, what = ("entity", side.scene.entity) if "entity" in model.scope_paths else ("supplier", side.supplier)
        rows = model._base_manager.filter(**{model.scope_paths[where].removesuffix("[]"): what.pk})
        for text in model._meta.concrete_fields:
            if isinstance(text, (CharField, TextField)) and not text.choices and text.name not in MEANING:
                word = f"{text.name} {side.mark}"[: text.max_length or 40]
                rows.filter(**{text.name: ""}).update(**{text.name: word})


def appointed(name: str, rights: list[str], scene: Scene | None = None) -> Person:
    who = person(name.replace(" ", "-").lower())
    role = scopes.define_role(name=f"All of {name}", verbs=rights, by=SETUP, at=NOW, key=key())
    where = scopes.scope_of(entity=scene.entity.pk) if scene else scopes.scope_of()
    scopes.give_role(person=who, role=role, scope=where, by=SETUP, at=NOW, key=key())
    return who


def by(side: Side) -> dict[str, Any]:
    return {"by": side.insider.actor, "at": NOW, "key": key()}


def ask_for(side: Side) -> dict[str, Any]:
    scene = side.scene
    wanted = [Wanted(item_id=scene.items[1].pk, quantity=Decimal(7), need_by=TODAY + dt.timedelta(days=14))]
    how = {"site": scene.site, "wanted": wanted, "cost_center_id": scene.cost_center.pk}
    draft = requisitions.raise_(title=f"Draft {side.mark}", **how, **by(side))
    pooled = scenes.requested(scene, title=f"Pooled {side.mark}")
    approve(scene, pooled)
    return {
        "request_draft": draft,
        "request": scenes.requested(scene, title=f"Asked {side.mark}"),
        "request_pooled": fresh(pooled),
    }


def buy(side: Side) -> dict[str, Any]:
    scene = side.scene
    supplier = suppliers.add_contact(
        supplier=fresh(scene.supplier),
        contact={
            "name": "Carl Contact",
            "email": f"c@{side.scene.entity.code}.example",
            "phone": "1",
            "purpose": "orders",
        },
        seen=fresh(scene.supplier).version,
        **by(side),
    )
    contract = contracts.draft(
        supplier=supplier,
        entity=scene.entity,
        title=f"Contract {side.mark}",
        currency="EUR",
        starts_on=TODAY,
        ends_on=TODAY + dt.timedelta(days=300),
        agreed=[Agreed(item=scene.items[3], price=Decimal("1.5"), ceiling_quantity=Decimal(80))],
        **by(side),
    )
    return {
        "supplier": supplier,
        **of_the_supplier(side, supplier),
        "contact": supplier.contacts.get(),
        "contract": contract,
        "order_draft": drafted(side),
        "order": issued(side),
        "change": changed(side),
        "notice": announced(side),
        "message": sent(side),
    }


def of_the_supplier(side: Side, supplier: Any) -> dict[str, Any]:
    """An account that waits for a call, a document in review, an agreement, what the supplier says of his firm."""
    said = {"holder": f"Holder {side.mark}", "iban": "DE89370400440532013000", "bic": "", "why": f"Why {side.mark}"}
    kind = DocumentType.objects.filter(code="ISO").first() or documents.ask_for(
        code="ISO", values={"name": "ISO 9001", "effect": "warn"}, **by(side)
    )
    upload = SimpleUploadedFile("iso.pdf", PDF, content_type="application/pdf")
    file = files.store(upload=upload, about=supplier.subject, by=side.scene.supplier_actor, at=NOW)
    until = TODAY + dt.timedelta(days=3000)
    sent = documents.send(
        supplier=supplier, type=kind, file=file, reference=f"No {side.mark}", valid_until=until, **by(side)
    )
    drain()
    town = {"city": side.town}
    return {
        "account": banking.propose(supplier=supplier, entity=side.scene.entity, **said, **by(side)),
        "paper": sent,
        "agreement": terms.agree(
            supplier=supplier,
            entity=side.scene.entity,
            starts_on=TODAY,
            values={"account_number": f"Ours {side.mark}"},
            **by(side),
        ),
        "company": onboarding.say(supplier=supplier, said=town, by=side.scene.supplier_actor, at=NOW, key=key()),
    }


def drafted(side: Side, **how: Any) -> Any:
    scene = side.scene
    asked = scenes.requested(scene, title=f"For {side.mark}", **how)
    approve(scene, asked)
    taken = [Taken(line.pk) for line in asked.lines.all()]
    order = orders.draft(supplier=scene.supplier, site=scene.site, taken=taken, by=scene.buyer, at=NOW, key=key())
    type(order)._base_manager.filter(pk=order.pk).update(note=f"Note {side.mark}")
    return fresh(order)


def issued(side: Side, **how: Any) -> Any:
    order = drafted(side, **how)
    order = orders.issue(order=order, by=side.scene.buyer, at=NOW, seen=order.version, key=key())
    drain()
    return fresh(order)


def says(side: Side, order: Any, kind: str, **body: Any) -> Any:
    """What the supplier says, taken over."""
    said = submissions.submit(
        supplier=side.scene.supplier,
        kind=kind,
        about=order.public_id,
        channel="portal",
        body=body,
        by=side.scene.supplier_actor,
        at=NOW,
        key=f"{side.together}:{order.pk}",
    )
    drain()
    assert fresh(said).status == "applied", fresh(said).answer
    return fresh(said)


def changed(side: Side) -> Any:
    order = issued(side)
    line = {"line": 1, "on": LATER, "reason": f"late {side.mark}"}
    says(side, order, "confirmation", revision=1, reference=f"AB {side.mark}", lines=[line])
    return ChangeRequest._base_manager.get(order=order)


def announced(side: Side) -> Any:
    truck = {"ships_on": "2026-03-10", "arrives_on": "2026-03-16", "carrier": f"Carrier {side.mark}"}
    lines = [{"line": 1, "quantity": "100"}]
    packed = {"units": [{"holds": lines}], "number_units": True, "sscc_prefix": "8712345"}
    says(side, issued(side), "ship_notice", reference=f"DN {side.mark}", lines=lines, **truck, **packed)
    notice = ShipNotice._base_manager.get(reference=f"DN {side.mark}")
    said = {"milestone": "ready", "happened_at": NOW, "by": side.scene.supplier_actor, "at": NOW, "key": key()}
    return notices.pass_milestone(notice=notice, **said)


def sent(side: Side) -> Any:
    """A message of the supplier's system that waits: it counts in cases what was ordered in pieces."""
    order, address = issued(side), f"ZZ:{side.mark}"
    letters.known(side.scene.supplier, address)
    odd = letters.response(order, letters.answered(order, unit="CS", reason=f"Cases {side.mark}"))
    message = letters.arrives(letters.letter(odd, sender=address))
    assert message.status == "held", message.faults
    return message


def receive(side: Side) -> dict[str, Any]:
    """A truck that is being counted, and one that brought eight broken pieces; customers wait for the good ones."""
    scene = side.scene
    waiting = [wanted(side, quantity) for quantity in (50, 90)]
    counting = steps.started(scene, issued(side))
    order = issued(side)
    posted = steps.started(scene, order, delivery_note=f"Truck {side.mark}")
    posted = steps.post(scene, steps.count(scene, posted, 1, 92, damaged=8, note=f"Dented {side.mark}"))
    drain()
    case = Case._base_manager.filter(about=posted.subject).first()
    return {
        **disputed(side, case),
        "receipt_open": counting,
        "receipt": fresh(posted),
        "order_received": fresh(order),
        "case": case,
        "demand": fresh(waiting[1]),
        "demand_served": fresh(waiting[0]),
    }


def disputed(side: Side, case: Case) -> dict[str, Any]:
    """What was written to the supplier about the broken pieces, with a photo and a proposal."""
    upload = SimpleUploadedFile(f"{side.mark}-photo.pdf", PDF, content_type="application/pdf")
    photo = files.store(upload=upload, about=case.subject, by=side.scene.supervisor, at=NOW)
    offer = Offer(settlement="deliver", day=TODAY + dt.timedelta(days=9))
    said = {"text": f"Broken {side.mark}", "files": [photo], "offer": offer, "seen": case.version}
    disputes.write(case=case, **said, **(by(side) | {"by": side.scene.supervisor}))
    thread = Dispute._base_manager.get(case=case)
    return {"dispute": thread, "shown_file": thread.files.get()}


def wanted(side: Side, quantity: int) -> Any:
    scene = side.scene
    made = demand.take(
        customer=scene.customer,
        site=scene.site,
        ordered=[Ordered(scene.items[0], Decimal(quantity))],
        promised_on=TODAY,
        reference=f"Ref {side.mark}",
        by=scene.planner,
        at=NOW,
        key=key(),
    )
    drain()
    return made


def sell(side: Side) -> dict[str, Any]:
    scene, order = side.scene, fresh(side.demand_served)
    planned = shipments.plan(order=order, by=scene.planner, at=NOW, seen=order.version, key=key())
    return {"shipment": planned}


def pay(side: Side) -> dict[str, Any]:
    """An invoice that asks too much, so that somebody must look."""
    scene = side.scene
    line = Charged(
        description=f"Bolt {side.mark}",
        quantity=Decimal(92),
        price=Decimal(3),
        amount=Decimal(276),
        order_number=side.order_received.number,
        line_number=1,
        tax_percent=Decimal(0),
    )
    invoice = invoices.capture(
        entity=scene.entity,
        supplier=scene.supplier,
        supplier_number=f"INV {side.mark}",
        invoiced_on=TODAY,
        currency="EUR",
        charged=[line],
        tax_amount=Decimal(0),
        total_amount=Decimal(276),
        by=scene.clerk,
        at=NOW,
        key=key(),
    )
    drain()
    return {
        "invoice": fresh(invoice),
        **asked_about(side, invoice),
        "budget": scene.budget,
        "tolerance": MatchTolerance.objects.get(entity=scene.entity),
        "balance": StockBalance._base_manager.filter(site=scene.site).first(),
    }


def asked_about(side: Side, invoice: Any) -> dict[str, Any]:
    """What the supplier wrote about the invoice: a dispute about money."""
    text = {"text": f"Held {side.mark}?"}
    supplier, by = side.scene.supplier, side.scene.supplier_actor
    said = {"kind": "message", "about": invoice.public_id, "channel": "portal", "body": text}
    submissions.submit(supplier=supplier, **said, by=by, at=NOW, key=key())
    drain()
    return {"dispute_of_invoice": Dispute._base_manager.get(invoice_public_id=invoice.public_id)}


def keep(side: Side) -> dict[str, Any]:
    """What belongs to no document: a file, a job, a saved view, a notice, an entry, a delivery that needs help."""
    who, actor = side.insider, side.insider.actor
    upload = SimpleUploadedFile(f"{side.mark}.pdf", PDF, content_type="application/pdf")
    file = files.store(upload=upload, about=side.order.subject, by=side.scene.buyer, at=NOW)
    job = jobs.start(kind="gate", title=f"Job {side.mark}", by=actor, at=NOW, request={})
    view = SavedView.objects.create(owner=str(actor), path="/orders/", name=f"View {side.mark}", saved_at=NOW)
    order = side.order
    told = {"kind": "gate", "subject": order.subject, "text": f"Told {side.mark}", "url": f"/orders/{order.number}/"}
    notifications.tell(person=who, key=key(), at=NOW, **told)
    entry = Entry.objects.filter(subject=order.subject).latest("id")
    waits = Delivery.objects.filter(entry__subject=order.subject).first()
    Delivery.objects.filter(pk=waits.pk).update(status="parked", note=f"Parked {side.mark}")
    known, secret = system(side.scene.supplier)
    partner = TradingPartner.objects.get(supplier=side.scene.supplier)
    batch = Import.objects.create(kind="items", file=file, by=str(actor), started_at=NOW)
    return {
        "file": file,
        "job": job,
        "view": view,
        "told": Notice.objects.get(person=who),
        "entry": entry,
        "delivery": fresh(waits),
        "batch": batch,
        "system": known,
        "system_secret": secret,
        "trading_partner": partner,
        "told_message": told_to(partner, order),
        "factor": factors.app_of(with_app(who).pk),
        "calendar": Calendar.objects.create(name=f"Week of {side.scene.entity.code}", hours=[[[480, 1020]]] * 7),
        **of_governance(side),
        **of_access(side),
        **of_the_portal(side),
    }


def told_to(partner: TradingPartner, order: Any) -> OutboundMessage:
    """An order as the supplier's system got it."""
    _order, _gets, plans = planning.of_order(order.pk, 1, "")
    return sending.prepare(plan=plans[0], partner=partner, at=NOW, key=key())


def of_governance(side: Side) -> dict[str, Any]:
    """A task of the insider's own, authority that he lent, the one draft of the next matrix."""
    task = Task.objects.filter(person=side.insider, is_open=True, step__request__about=side.request.subject).get()
    span = {"starts_at": NOW, "ends_at": NOW + dt.timedelta(days=7), "reason": f"Away {side.mark}"}
    loan = authority.delegate(giver=side.insider, taker=side.scene.people["manager"], **span, **by(side))
    draft = AuthorityMatrix.objects.filter(status="draft").first()
    manager, what = side.scene.people["manager"], f"Why {side.mark}?"
    approvals.ask_question(step=task.step, text=what, of_whom=side.insider, **(by(side) | {"by": manager.actor}))
    MailLink.objects.filter(step=task.step).delete()  # those of the mail: only their hash is known
    return {
        "mail_token": links.make(step=task.step, person_id=side.insider.pk, document=side.request, at=now()),
        "question": task.step.questions.get(),
        "task": task,
        "step": task.step,
        "loan": loan,
        "value": ParameterValue.objects.first()
        or parameters.propose(parameter="price_above", value=Decimal(6), reason="All do.", by=SETUP, at=NOW, key=key()),
        "waiver": waivers.ask(
            check="price", site=side.scene.site, reason=f"Why {side.mark}", ends_at=span["ends_at"], **by(side)
        ),
        "matrix_draft": draft or authority.draft_matrix(name="Next year", by=SETUP, at=NOW, key=key()),
    }


def of_access(side: Side) -> dict[str, Any]:
    """A right, a review in which the insider is asked, a conflict that waits for a second yes."""
    review = access.start(
        title="Review of receivers", owner=side.insider, days=5, site=side.scene.site, by=SETUP, at=NOW, key=key()
    )
    accepted = ConflictAcceptance.objects.create(
        person=side.insider,
        conflict="order-receive",
        reason="Small site",
        asked_by=side.reader,
        asked_at=NOW,
        until=now() + dt.timedelta(days=30),
    )
    return {
        "right": rights().filter(membership__person=side.reader).order_by("id").first(),
        "review": review,
        "reviewed": review.items.filter(reviewer=side.insider).order_by("pk").first(),
        "acceptance": accepted,
    }


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def of_the_portal(side: Side) -> dict[str, Any]:
    """A mailed link, a browser and a passkey that are known, an answer that was sent."""
    who, until = side.scene.supplier_person, now() + dt.timedelta(days=30)
    token = f"{side.mark}-token-of-the-gate"
    PortalLink.objects.create(
        token_hash=hashed(token), person=who, about=side.order.public_id, sent_at=now(), expires_at=until
    )
    device = TrustedDevice.objects.create(
        token_hash=hashed(f"device {side.mark}"),
        person=who,
        label=f"Browser {side.mark}",
        trusted_at=NOW,
        expires_at=until,
    )
    NoticeDraft.objects.create(person=who, order=side.order, typed=f"reference=Draft+{side.mark}", saved_at=NOW)
    ExpectedCredit._base_manager.create(
        case=side.dispute_of_invoice.case,
        entity=side.scene.entity,
        supplier=side.scene.supplier,
        invoice=side.invoice,
        amount=92,
        currency="EUR",
        agreed_at=NOW,
    )
    phone = SoftwareKey(str(who.actor))
    passkey = PortalPasskey.objects.create(
        person=who, credential=phone.name, public_key=phone.public_key, name=f"Passkey {side.mark}", added_at=NOW
    )
    performance.reckon(supplier=side.scene.supplier, at=NOW + dt.timedelta(days=40))
    scored = ScoreCase._base_manager.filter(supplier=side.supplier, is_good=False).first()
    score = Score._base_manager.filter(supplier=side.supplier).first()
    return {
        "token": token,
        "scored": scored,
        "score": score,
        "device": device,
        "passkey": passkey,
        "said": Submission._base_manager.filter(supplier=side.supplier).first(),
    }
