"""How suppliers stand with us: documents, accounts, agreements, risk, and two firms on their way in."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from stdnum.iban import calc_check_digits

from foundation.files import actions as files
from foundation.values.actor import Actor, system
from suppliers.banking import actions as banking
from suppliers.compliance import actions as compliance
from suppliers.documents import actions as documents
from suppliers.documents import showing
from suppliers.documents.models import DocumentType
from suppliers.onboarding import actions as onboarding
from suppliers.suppliers import actions as suppliers
from suppliers.suppliers import invitations
from suppliers.suppliers.models import Supplier
from suppliers.terms import actions as terms
from world.scene import WORLD, Scene

DESK = system("document desk")
CALLER, SIGNER = system("accounts desk"), system("treasury")
ASKED: dict[str, dict[str, Any]] = {
    "ISO9001": {"name": "ISO 9001 certificate", "effect": "warn", "what": "Of the plant that makes what we buy."},
    "LIABILITY": {"name": "Liability insurance", "effect": "note", "what": "At least 1 million a year."},
    "CONDUCT": {"name": "Code of conduct, signed", "effect": "warn", "expires": False, "risk_from": "medium"},
    "QUALITY": {"name": "Quality plan", "effect": "stop", "risk_from": "high", "what": "Tests and who signs them."},
}
LEFT = [200, 300, 75, 20, 400, -6, 150]
"""Days that certificates have left, supplier by supplier."""
PDF = (
    b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> "
    b"endobj\n3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj\n"
    b"trailer << /Root 1 0 R >>\n%%EOF\n"
)


def settle(scene: Scene) -> None:
    """Said after the story was told, so that its orders are the same whatever is said here."""
    known = [Supplier.objects.select_related("party").get(pk=one.pk) for one in scene.suppliers]
    _papers(scene, known)
    _accounts(scene, known)
    _agreements(scene, known)
    _risks(scene, known)
    _firms_on_their_way_in(scene)
    town = {"city": "Hamburg", "address": "Neuer Wall 12"}
    onboarding.say(supplier=known[4], said=town, by=_portal(scene, known[4]), at=scene.until, key=scene.key())
    showing.refresh(showing.in_the_portal())


def _ago(scene: Scene, days: int) -> datetime:
    return scene.until - timedelta(days=days)


def _portal(scene: Scene, supplier: Supplier) -> Actor:
    return scene.portal[supplier.pk].actor


def _papers(scene: Scene, known: list[Supplier]) -> None:
    kinds = {
        code: documents.ask_for(code=code, values=said, by=WORLD, at=scene.founding, key=scene.key())
        for code, said in ASKED.items()
    }
    for supplier, left in zip(known, LEFT, strict=False):
        _sent(scene, supplier, kinds["ISO9001"], left=left, accepted=True)
    for supplier in known[:3]:
        _sent(scene, supplier, kinds["LIABILITY"], left=240, accepted=True)
    _sent(scene, known[3], kinds["ISO9001"], left=380, accepted=None)
    _sent(scene, known[7], kinds["ISO9001"], left=90, accepted=None)
    _sent(scene, known[8], kinds["ISO9001"], left=90, accepted=False)


def _sent(scene: Scene, supplier: Supplier, kind: DocumentType, *, left: int, accepted: bool | None) -> None:
    at = _ago(scene, 300 if left < 0 else 2)
    by = _portal(scene, supplier)
    file = files.keep(content=PDF, name=f"{kind.code}.pdf", about=supplier.subject, by=by, at=at)
    until = scene.today + timedelta(days=left)
    said = {"reference": f"{kind.code}-{supplier.number}", "valid_until": until, "by": by, "at": at}
    document = documents.send(supplier=supplier, type=kind, file=file, **said, key=scene.key())
    how = {"by": DESK, "at": at + timedelta(hours=3), "seen": document.version, "key": scene.key()}
    if accepted:
        documents.accept(document=document, **how)
    elif accepted is False:
        documents.refuse(document=document, reason="The second page is missing.", **how)


def _accounts(scene: Scene, known: list[Supplier]) -> None:
    for place, supplier in enumerate(known[:10]):
        at = _ago(scene, 200)
        account = _proposed(supplier, place, by=WORLD, at=at, key=scene.key())
        number = supplier.contacts.order_by("pk")[0].phone
        said = {"number": number, "whom": supplier.contacts.order_by("pk")[0].name, "by": CALLER, "at": at}
        account = banking.call_back(account=account, **said, seen=account.version, key=scene.key())
        banking.approve(account=account, by=SIGNER, at=at, seen=account.version, key=scene.key())
    _proposed(known[1], 50, by=_portal(scene, known[1]), at=_ago(scene, 1), key=scene.key(), why="We changed our bank.")


def _proposed(supplier: Supplier, place: int, *, by: Actor, at: datetime, key: str, why: str = "") -> Any:
    inner = f"37040044{place + 532013000:010}"
    iban = f"DE{calc_check_digits(f'DE00{inner}')}{inner}"
    said = {"holder": supplier.party.name[:140], "iban": iban, "bic": "", "why": why}
    return banking.propose(supplier=supplier, entity=None, **said, by=by, at=at, key=key)


def _agreements(scene: Scene, known: list[Supplier]) -> None:
    for number, (supplier, entity) in enumerate(zip(known, list(scene.entities.values()) * 2, strict=False)):
        values = {"payment_terms": "60 days net", "account_number": f"K-{4711 + number}", "days_late": number}
        said = {"starts_on": scene.today - timedelta(days=90), "values": values, "by": WORLD, "at": _ago(scene, 95)}
        terms.agree(supplier=supplier, entity=entity, **said, key=scene.key())


def _risks(scene: Scene, known: list[Supplier]) -> None:
    for supplier, risk, until in ((known[0], "low", 300), (known[5], "medium", -3), (known[6], "medium", 120)):
        row = Supplier.objects.get(pk=supplier.pk)
        at = _ago(scene, 60)
        said = {"risk": risk, "source": "Yearly rating", "until": scene.today + timedelta(days=until)}
        compliance.judge(supplier=row, **said, by=WORLD, at=at, seen=row.version, key=scene.key())
    for days, kind, weight, note in (
        (40, "late_shipment", 2, "Six days late, nobody was told."),
        (21, "papers", 1, "Pallets without labels."),
        (6, "quality", 3, "A lot with rust."),
    ):
        on = scene.today - timedelta(days=days)
        said = {"kind": kind, "on": on, "weight": weight, "note": note, "by": WORLD, "at": _ago(scene, days)}
        compliance.note_failure(supplier=known[2], **said, key=scene.key())


def _firms_on_their_way_in(scene: Scene) -> None:
    """One that is invited, and one that waits for approval and looks like a supplier we have."""
    fresh = _entered(scene, "S-PROSPECT-1", "Kanaal Bevestiging BV", "NL", "NL004495445B01", "sales@kanaal.example")
    said = {"name": "Joost Kanaal", "email": "joost@kanaal.example", "by": WORLD, "at": _ago(scene, 4)}
    invitations.invite(supplier=fresh, **said, seen=fresh.version, key=scene.key())
    alike = f"{scene.suppliers[0].party.name} Service"
    other = _entered(scene, "S-PROSPECT-2", alike, scene.suppliers[0].party.country, "", "service@alike.example")
    suppliers.propose(supplier=other, by=WORLD, at=_ago(scene, 1), seen=other.version, key=scene.key())


def _entered(scene: Scene, number: str, name: str, country: str, vat_number: str, mail: str) -> Supplier:
    party = {"name": name[:200], "country": country, "city": "", "address": "", "vat_number": vat_number, "gln": ""}
    contact = {"name": "Sales", "email": mail, "phone": "+31 10 555 0134", "purpose": "orders"}
    values: dict[str, Any] = {"currency": "EUR", "quantity_percent": Decimal(0)}
    said = {"is_active": False, "by": WORLD, "at": _ago(scene, 5), "key": scene.key()}
    return suppliers.enroll(number=number, party=party, terms=values, contact=contact, **said)
