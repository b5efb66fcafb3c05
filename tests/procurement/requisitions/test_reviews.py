"""What passes without its steps, in an emergency, or by itself: it is told, and somebody else looks at it."""

import datetime as dt
from decimal import Decimal

import pytest

from foundation.door import ProofNeeded
from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from governance import resolutions
from governance.approvals import actions as approvals
from governance.approvals import reviewing
from governance.approvals.queries import request_of
from governance.cases import actions as cases
from governance.cases.models import Case
from procurement.requisitions import actions as requisitions
from procurement.requisitions import queries
from procurement.requisitions.drafting import Wanted
from tests.procurement.conftest import as_, on_the_day  # noqa: F401  fixtures
from tests.proofs import proven, strongly
from tests.scene import NOW, TODAY, VERBS, Scene, approve, fresh, give, key, person, requested
from world import invariants

MORE = {
    "Duty manager": ["see_requisition", "break_glass"],
    "CFO": ["decide", "see_case", "work_case", "review_approval"],
}


@pytest.fixture
def house(scene: Scene, monkeypatch) -> Scene:
    for role, verbs in MORE.items():
        monkeypatch.setitem(VERBS, role, verbs)
    for name, role in (("duty", "Duty manager"), ("control", "CFO"), ("other", "CFO")):
        scene.people[name] = person(name)
        give(scene.people[name], role, entity=scene.entity.pk)
    return scene


def urgent(scene: Scene, urgency: str = "urgent", quantity: int = 100, by: str = "requester", **more):
    wanted = [Wanted(item_id=scene.items[0].pk, quantity=Decimal(quantity), need_by=TODAY + dt.timedelta(days=14))]
    said = {"site": scene.site, "title": "Line stands still", "wanted": wanted, "urgency": urgency,
            "urgency_reason": "Line 3", "stock_out_on": TODAY, "cost_center_id": scene.cost_center.pk}  # fmt: skip
    actor = getattr(scene, by)
    draft = requisitions.raise_(**{**said, **more}, by=actor, at=NOW, key=key())
    return requisitions.submit(requisition=draft, by=actor, at=NOW, seen=draft.version, key=key())


def break_glass(scene: Scene, document, who: str = "duty", reason: str = "The line stands still"):
    seen = fresh(document).version
    approvals.break_glass(
        about=fresh(document), reason=reason, by=strongly(getattr(scene, who)), at=NOW, seen=seen, key=key()
    )
    drain()
    return fresh(document)


def review(kind: str) -> Case:
    return Case.objects.everywhere(because="a test").get(kind=kind)


def resolve(scene: Scene, case: Case, who: str, how: str = "found_right", **facts):
    case = fresh(case)
    return cases.resolve(
        case=case, how=how, facts=facts, by=getattr(scene, who), at=NOW, seen=case.version, key=key()
    )  # fmt: skip


class TestBreakGlass:
    def test_lets_it_pass_and_says_so_everywhere(self, house: Scene, as_) -> None:
        document = break_glass(house, urgent(house))

        assert document.status == "approved"
        request = request_of(document.subject)
        assert (request.broken_by.name, request.status) == ("Duty", "granted")
        page = as_("requester").get(f"/requests/{document.number}/").content.decode()
        assert "Duty let this pass without its approvals" in page
        assert not request.steps.exclude(status="voided").exists()
        assert [law.name for law in invariants.LAWS if "approval" in law.name]

    def test_somebody_else_reviews_it_by_a_clock(self, house: Scene) -> None:
        break_glass(house, urgent(house))

        case = review("review_break_glass")
        assert case.owner.name in ("Control", "Other")
        assert case.due_at > case.opened_at
        assert resolve(house, case, "control", "found_wrong", reason="It could have waited").status == "resolved"

    def test_who_used_it_never_reviews_it(self, house: Scene) -> None:
        give(house.people["duty"], "CFO", entity=house.entity.pk)
        break_glass(house, urgent(house))

        with pytest.raises(Refused, match="somebody else must review it"):
            resolve(house, review("review_break_glass"), "duty")

    def test_twin_without_the_guard_lets_him(self, house: Scene, monkeypatch) -> None:
        monkeypatch.setattr(resolutions, "took_part", lambda subject: set())
        give(house.people["duty"], "CFO", entity=house.entity.pk)
        break_glass(house, urgent(house))

        assert resolve(house, review("review_break_glass"), "duty").status == "resolved"

    def test_never_for_ones_own_request(self, house: Scene) -> None:
        give(house.people["requester"], "Duty manager", entity=house.entity.pk)

        with pytest.raises(Refused, match="You took part"):
            break_glass(house, urgent(house), who="requester")

    def test_only_by_who_is_named_for_it(self, house: Scene) -> None:
        with pytest.raises(NotYours):
            break_glass(house, urgent(house), who="manager")

    def test_only_with_a_fresh_proof(self, house: Scene) -> None:
        document = urgent(house)

        with pytest.raises(ProofNeeded):
            approvals.break_glass(
                about=document, reason="The line stands still", by=house.duty, at=NOW, seen=document.version, key=key()
            )

    def test_only_for_what_is_urgent_and_with_a_reason(self, house: Scene) -> None:
        with pytest.raises(Refused, match="Only what is urgent"):
            break_glass(house, requested(house))
        with pytest.raises(Refused, match="Say why"):
            break_glass(house, urgent(house), reason=" ")

    def test_on_the_screen_of_who_may(self, house: Scene, as_) -> None:
        document = urgent(house)
        address = f"/requests/{document.number}/"
        assert "It cannot wait" not in as_("requester").get(address).content.decode()
        duty = proven(as_("duty"))
        assert "It cannot wait" in duty.get(address).content.decode()

        duty.post(f"{address}break-glass/", {"reason": "Line 3", "seen": fresh(document).version, "key": key()})

        assert fresh(document).status == "approved"


class TestEmergency:
    def test_needs_the_day_on_which_the_stock_runs_out(self, house: Scene) -> None:
        with pytest.raises(Refused, match="the day on which the stock runs out"):
            urgent(house, "emergency", stock_out_on=None)

    def test_is_reviewed_after_it_was_approved(self, house: Scene) -> None:
        document = urgent(house, "emergency")
        approve(house, document)
        drain()

        assert resolve(house, review("review_emergency"), "control").status == "resolved"

    def test_not_by_who_approved_it(self, house: Scene) -> None:
        give(house.people["manager"], "CFO", entity=house.entity.pk)
        document = urgent(house, "emergency")
        approve(house, document)
        drain()

        case = review("review_emergency")
        assert case.owner.name != "Manager"
        with pytest.raises(Refused, match="somebody else must review it"):
            resolve(house, case, "manager")

    def test_is_reviewed_when_nobody_was_asked_too(self, house: Scene) -> None:
        urgent(house, "emergency", quantity=10)
        drain()

        assert review("review_emergency").owner

    def test_the_share_of_each_site_is_shown(self, house: Scene, as_) -> None:
        requested(house)
        urgent(house)
        break_glass(house, urgent(house, "emergency"))

        [share] = queries.urgent_shares(house.requester, since=NOW - dt.timedelta(days=1))
        assert (share.asked, share.urgent, share.emergency, share.broken, share.percent) == (3, 1, 1, 1, 66)
        assert "66 %" in as_("requester").get("/requests/urgent/").content.decode()


class TestSample:
    def test_a_share_of_what_passed_by_itself_is_looked_at(self, house: Scene, settings) -> None:
        settings.APPROVAL_SAMPLE_SHARE = 1.0
        urgent(house, "normal", quantity=10)
        drain()

        with pytest.raises(Refused, match="somebody else must review it"):
            give(house.people["requester"], "CFO", entity=house.entity.pk)
            resolve(house, review("review_sample"), "requester")

    def test_the_share_is_kept_and_the_same_each_time(self, settings) -> None:
        settings.APPROVAL_SAMPLE_SHARE = 0.05
        drawn = [reviewing.is_sampled(f"procurement.requisition:{n}") for n in range(4000)]

        assert drawn == [reviewing.is_sampled(f"procurement.requisition:{n}") for n in range(4000)]
        assert 150 < sum(drawn) < 250
