"""How suppliers did by the last day, and what three of them say to that: one is right, one is not, one waits."""

from datetime import timedelta

from governance.cases import actions as cases
from governance.cases.models import Case
from intelligence.performance import actions as performance
from suppliers.scorecards.contesting import EXCLUDE, KEEP, KIND
from suppliers.scorecards.models import ScoreCase
from suppliers.submissions import actions as submissions
from suppliers.submissions.models import SubmissionKind
from suppliers.suppliers.models import Channel, Supplier
from world.deliveries import StandingClock
from world.scene import Scene

BECAUSE = "the story knows everything"
SAID = [
    ("on_time", "The dock was full: our driver waited from seven until three and was sent home.", EXCLUDE,
     "The gate log says so: he was there in time."),
    ("receipt", "The boxes left us whole; we have photos of the loading.", KEEP,
     "They came on your own truck: the packing is part of the delivery."),
    ("on_time", "Your buyer asked us on the phone to deliver a week later.", "", ""),
]  # fmt: skip


def settle(scene: Scene) -> None:
    """Told after the story, as it stands at its last instant."""
    for supplier in Supplier.objects.order_by("pk"):
        performance.reckon(supplier=supplier, at=scene.until)
    performance.rank(at=scene.until)
    with StandingClock() as clock:
        used: set[int] = set()
        for measure, reason, how, answer in SAID:
            if case := _lately(scene, measure, used):
                used.add(case.supplier_id)
                _contest(scene, clock, case, reason)
                if how:
                    _decide(scene, clock, case, how, answer)


def _lately(scene: Scene, measure: str, used: set[int]) -> ScoreCase | None:
    """The last case that went badly, of a supplier whose people know the portal and who said nothing yet."""
    rows = ScoreCase.objects.everywhere(because=BECAUSE).filter(measure=measure, is_good=False)
    mine = rows.filter(supplier__in=scene.portal, happened_on__lt=scene.today - timedelta(days=3))
    return mine.exclude(supplier__in=used).order_by("-happened_on", "pk").first()


def _contest(scene: Scene, clock: StandingClock, case: ScoreCase, reason: str) -> None:
    who, when = scene.portal[case.supplier_id], scene.until - timedelta(hours=26)
    submissions.submit(
        supplier=Supplier.objects.get(pk=case.supplier_id),
        kind=SubmissionKind.CONTEST,
        about=case.public_id,
        channel=Channel.PORTAL,
        body={"reason": reason},
        by=scene.actor(who),
        at=when,
        key=scene.key(),
    )
    clock.deliver(scene.until)


def _decide(scene: Scene, clock: StandingClock, about: ScoreCase, how: str, answer: str) -> None:
    rows = Case.objects.everywhere(because=BECAUSE).filter(kind=KIND, supplier=about.supplier_id)
    case = rows.select_related("owner").latest("pk")
    if case.owner:
        by, when = scene.actor(case.owner), scene.until - timedelta(hours=3)
        facts = {"reason": answer}
        cases.resolve(case=case, how=how, facts=facts, by=by, at=when, seen=case.version, key=scene.key())
        clock.deliver(scene.until)
