"""What we and suppliers say to each other on the last days: threads that wait for them, for us, and settled ones."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from finance.invoices.models import Invoice
from foundation.door.door import AS_IT_IS
from foundation.scopes.permissions import may
from foundation.values.actor import Actor
from governance.cases.lifecycle import UNSOLVED
from governance.cases.models import Case
from suppliers.disputes import actions as disputes
from suppliers.disputes import settlements
from suppliers.disputes.actions import Offer
from suppliers.disputes.models import Dispute, Does
from suppliers.disputes.settlements import CORRECT, CREDIT, DELIVER, NO_CLAIM
from suppliers.submissions import actions as submissions
from suppliers.submissions.models import SubmissionKind
from suppliers.suppliers.models import Channel, Supplier
from world.deliveries import StandingClock
from world.history.story import fresh
from world.scene import Scene

BECAUSE = "the story knows everything"
Steps = list[dict[str, Any]]
STORIES: list[tuple[str, Steps]] = [
    ("receipt_damaged", [
        {"us": "The cartons were crushed in the corner; the goods inside are bent."},
        {"them": "Can you tell us which pallet it was?"},
        {"us": "The one whose label stands beside. We would rather have them credited.", "offer": CREDIT},
    ]),
    ("receipt_short", [
        {"us": "We counted twice: the rest is missing."},
        {"them": "It stayed on our dock, sorry.", "offer": DELIVER},
    ]),
    ("receipt_short", [{"us": "Part of this line was not on the truck. When does the rest come?"}]),
    ("supplier_change", [
        {"us": "We promised it to a customer: please keep to the order.", "offer": CORRECT},
        {"them": "We cannot, the mill stands still until then.", "does": Does.REFUSES},
    ]),
    ("supplier_change", [
        {"us": "Could half of it come on the first date?"},
        {"them": "Only all of it later, but then for certain.", "offer": NO_CLAIM},
    ]),
    ("invoice_price", [
        {"us": "The order says less. Please send a credit note.", "offer": CREDIT},
        {"them": "You are right, the old list was in our system.", "does": Does.AGREES},
    ]),
    ("invoice_currency", [{"them": "We bill abroad in this currency since January. Is that wrong?"}]),
    ("receipt_over", [
        {"us": "You sent more than was ordered.", "offer": NO_CLAIM},
        {"them": "Thank you for keeping them.", "does": Does.AGREES},
    ]),
    ("receipt_wrong_item", [{"us": "This is another article than we ordered.", "offer": CORRECT}]),
]  # fmt: skip


def settle(scene: Scene) -> None:
    """Told after the story, as it stands at its last instant."""
    used: set[int] = set()
    with StandingClock() as clock:
        for number, (kind, steps) in enumerate(STORIES):
            case = next(
                (case for case in _cases(scene, kind) if case.pk not in used and _fits(scene, case, steps)), None
            )
            if case is None:
                continue
            used.add(case.pk)
            begun = scene.until - timedelta(hours=40 - 3 * number)
            for hour, step in enumerate(steps):
                _say(scene, fresh(case), step, begun + timedelta(hours=4 * hour))
                clock.deliver(scene.until)


def _cases(scene: Scene, kind: str) -> Iterator[Case]:
    """Unsettled ones of suppliers whose people know the portal, the newest first."""
    rows = Case.objects.everywhere(because=BECAUSE).filter(kind=kind, status__in=UNSOLVED, dispute=None)
    rows = rows.filter(owner__isnull=False, supplier__in=scene.portal).select_related("owner")
    return iter(rows.order_by("-opened_at", "pk")[:30])


def _fits(scene: Scene, case: Case, steps: Steps) -> bool:
    """Whether what is proposed in the story is possible for this case, by its owner or by somebody else of ours."""
    return all(_carrier(scene, case, step["offer"]) for step in steps if "offer" in step)


def _carrier(scene: Scene, case: Case, offer: str) -> Actor | None:
    settlement = settlements.find(case.kind, offer)
    if settlement is None or (resolution := settlements.resolution_of(case.kind, settlement)).why_not(case):
        return None
    people = [case.owner, *scene.people.values()] if case.owner else list(scene.people.values())
    actors = (scene.actor(person) for person in people)
    return next((by for by in actors if may(by, resolution.verb, case) and may(by, "work_case", case)), None)


def _say(scene: Scene, case: Case, step: dict[str, Any], when: datetime) -> None:
    offer = _offer(case, step["offer"], when) if "offer" in step else None
    if "us" in step:
        by = (_carrier(scene, case, step["offer"]) if offer else None) or scene.actor(case.owner)
        disputes.write(case=case, text=step["us"], offer=offer, by=by, at=when, seen=AS_IT_IS, key=scene.key())
        return
    thread = Dispute.objects.everywhere(because=BECAUSE).filter(case=case).first()
    body: dict[str, Any] = {"text": step["them"], "does": step.get("does", Does.OFFERS if offer else Does.SAYS)}
    if offer:
        body |= {"settlement": offer.settlement, "amount": offer.amount and str(offer.amount), "seen": 99}
        body["day"] = offer.day.isoformat() if offer.day else None
    if thread:
        body["number"] = thread.offered or 0
    submissions.submit(
        supplier=Supplier.objects.get(pk=case.supplier_id),
        kind=SubmissionKind.DISPUTE if thread else SubmissionKind.MESSAGE,
        about=thread.public_id if thread else _invoice(case),
        channel=Channel.PORTAL,
        body=body,
        by=scene.actor(scene.portal[case.supplier_id]),
        at=when,
        key=scene.key(),
    )


def _offer(case: Case, name: str, when: datetime) -> Offer:
    settlement = settlements.find(case.kind, name)
    asks = settlement.asks if settlement else ""
    amount = max(case.stake.quantize(Decimal("0.01")), Decimal(1))
    return Offer(
        settlement=name,
        amount=amount if asks == settlements.AMOUNT else None,
        day=(when + timedelta(days=6)).date() if asks == settlements.DAY else None,
    )


def _invoice(case: Case) -> Any:
    return Invoice._base_manager.values_list("public_id", flat=True).get(pk=case.about.partition(":")[2])
