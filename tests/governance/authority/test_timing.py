"""When a version decides: planned, begun, taken back; one version at any instant, whatever clocks do; asking anew."""

import datetime as dt
from random import Random

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.journal.models import Entry
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from foundation.values.days import day_text
from governance import tasks
from governance.approvals import actions as approvals
from governance.approvals import rerouting
from governance.approvals.deriving import derive
from governance.approvals.events import ApprovalRerouted
from governance.approvals.lifecycle import StepState
from governance.approvals.models import ApprovalRequest, AutoApproval
from governance.authority import actions as authority
from governance.authority import checking, grid, matrices, queries, words
from governance.authority.models import AuthorityMatrix
from tests.governance.scene import AT, KIND, WORLD, Company, approve_by, decide, key
from tests.scene import fresh

MANAGER, DIRECTOR = approve_by("Manager"), approve_by("Director", sequence=2)
NONE_ELSE = {"document_kind": "order_change", "forbid": "Not in this company."}
DAY = dt.timedelta(days=1)


def rule(*steps, **more):
    return {"document_kind": KIND, "steps": list(steps), **more}


def drafted(*rules) -> AuthorityMatrix:
    return authority.draft_matrix(name="Next", rules=[*rules, NONE_ELSE], by=WORLD, at=AT, key=key())


@pytest.fixture
def house(company: Company) -> Company:
    company.manager = company.fill("Manager", "Mara Manager")
    company.fill("Director", "Dirk Director")
    company.first = company.matrix(rule(MANAGER))
    return company


@pytest.fixture
def no_replay(monkeypatch) -> None:
    monkeypatch.setattr(authority.replays, "objections", lambda *_args, **_more: [])


def planned(effective_at: dt.datetime, *, at: dt.datetime = AT) -> AuthorityMatrix:
    draft = drafted(rule(MANAGER, DIRECTOR))
    return authority.publish(matrix=draft, effective_at=effective_at, by=WORLD, at=at, key=key())


def roles(routed) -> list[str]:
    return [step.role for step in routed.route.steps]


class TestPlanning:
    def test_the_version_before_decides_until_the_very_instant(self, house: Company) -> None:
        begins = AT + 5 * DAY
        made = planned(begins)

        assert made.status == "planned"
        just_before = begins - dt.timedelta(microseconds=1)
        assert [queries.in_force(at) for at in (AT, just_before, begins)] == [house.first, house.first, made]
        document = house.requisition()
        assert roles(house.routed(document, at=just_before)) == ["Manager"]
        assert roles(house.routed(document, at=begins)) == ["Manager", "Director"]

    def test_nothing_in_the_past_and_one_plan_at_a_time(self, house: Company) -> None:
        draft = drafted(rule(MANAGER))
        with pytest.raises(Refused, match="Choose a time that is still to come"):
            authority.publish(matrix=draft, effective_at=AT, by=WORLD, at=AT, key=key())
        planned(AT + 5 * DAY)

        for when in (None, AT + 9 * DAY):
            with pytest.raises(Refused, match="is planned already"):
                authority.publish(matrix=fresh(draft), effective_at=when, by=WORLD, at=AT, key=key())

    def test_a_plan_can_be_taken_back_until_it_is_in_force(self, house: Company) -> None:
        made = planned(AT + 5 * DAY)

        with pytest.raises(Refused, match="It is in force"):
            authority.cancel_plan(matrix=made, reason="No.", by=WORLD, at=AT + 5 * DAY, key=key())
        authority.cancel_plan(matrix=made, reason="Not yet.", by=WORLD, at=AT + DAY, key=key())

        assert (fresh(made).status, fresh(made).effective_at) == ("draft", None)
        assert queries.in_force(AT + 9 * DAY) == house.first

    def test_two_versions_never_begin_at_one_instant(self, house: Company) -> None:
        """The database refuses it: with the guard dropped in a copy of the row it would be two."""
        with pytest.raises(IntegrityError), transaction.atomic():
            AuthorityMatrix.objects.create(
                number=99, name="Twin", status="superseded", effective_at=house.first.effective_at
            )

    def test_the_clock_says_it_and_changes_no_answer(self, house: Company) -> None:
        today = timezone.now()
        made = planned(AT + DAY)
        with time_machine.travel(AT + 30 * DAY):
            assert tasks.clock_matrices() == 0  # the clock here runs ahead, the database's does not
        assert fresh(made).status == "planned"
        began = today - dt.timedelta(seconds=1)
        AuthorityMatrix.objects.filter(pk=house.first.pk).update(effective_at=began - DAY)
        AuthorityMatrix.objects.filter(pk=made.pk).update(effective_at=began)
        before = [queries.in_force(today + n * DAY) for n in range(-3, 4)]

        assert tasks.clock_matrices() == 1
        assert tasks.clock_matrices() == 0

        assert [fresh(one).status for one in (made, house.first)] == ["active", "superseded"]
        assert [queries.in_force(today + n * DAY) for n in range(-3, 4)] == before
        assert queries.published_digest(made)

    @pytest.mark.parametrize("seed", range(6))
    def test_one_version_at_any_instant_under_jumping_clocks(self, house: Company, seed: int) -> None:
        """Hours forward, minutes back, days: what was answered about an instant once it has passed stays the answer."""
        dice, at = Random(seed), AT
        known: dict[dt.datetime, int] = {}
        for _turn in range(6):
            at += dt.timedelta(minutes=dice.choice([-10, -60, 5, 60, 60 * 24, -60 * 24]))
            draft = drafted(rule(MANAGER))
            authority.publish(matrix=draft, by=WORLD, at=at, key=key())
            latest = queries.active_matrix().effective_at
            for instant, number in known.items():
                assert queries.in_force(instant).number == number
            just_before = latest - dt.timedelta(microseconds=1)
            known[just_before] = queries.in_force(just_before).number
        begins = list(
            AuthorityMatrix.objects.filter(effective_at__isnull=False).order_by("number").values_list("effective_at")
        )
        assert begins == sorted(set(begins))


class TestAskingAnew:
    @pytest.fixture
    def asked(self, house: Company) -> ApprovalRequest:
        return house.asked(900)[1]

    def in_force(self, *rules) -> AuthorityMatrix:
        return authority.publish(matrix=drafted(*rules), by=WORLD, at=AT + DAY, key=key())

    def test_open_requests_keep_their_version_until_somebody_chooses(self, asked, house: Company, no_replay) -> None:
        made = self.in_force(rule(MANAGER, DIRECTOR))

        [found] = rerouting.differing(made)

        assert (found.request, found.fate) == (asked, "different")
        assert (found.before, found.after) == (
            "Manager of the site (8 h)", "Manager of the site (8 h), then Director of the site (8 h)",
        )  # fmt: skip
        assert fresh(asked).status == "open"

    def test_asks_those_that_were_chosen_and_keeps_the_evidence(self, asked, house: Company, no_replay) -> None:
        left = house.asked(300)[1]
        made = self.in_force(rule(MANAGER, DIRECTOR))

        job = rerouting.begin(matrix=made, chosen=[asked.pk], by=WORLD, at=AT + 2 * DAY)
        jobs.run_waiting(limit=1)

        job = Job.objects.get(pk=job.pk)
        assert (job.status, job.done_count, [one["done"] for one in job.result["items"]]) == ("done", 1, [True])
        assert [fresh(one).status for one in (asked, left)] == ["superseded", "open"]
        anew = ApprovalRequest.objects.get(about=asked.about, status="open")
        assert (anew.matrix, anew.facts, anew.about_version) == (made, asked.facts, asked.about_version)
        assert sorted(anew.steps.values_list("role", flat=True)) == ["Director", "Manager"]
        assert derive(anew).is_equal
        assert Entry.objects.filter(subject=asked.subject, name=ApprovalRerouted.name).count() == 1

    def test_twice_is_once(self, asked, house: Company, no_replay) -> None:
        made = self.in_force(rule(MANAGER, DIRECTOR))
        for _twice in range(2):
            approvals.reroute(request=asked, matrix=made, by=WORLD, at=AT + 2 * DAY, key="the-very-same")

        assert ApprovalRequest.objects.filter(about=asked.about).count() == 2

    def test_what_passes_by_itself_now_is_approved(self, asked, house: Company, handler, no_replay) -> None:
        made = self.in_force(rule(MANAGER, auto_approve_cap=1000))

        approvals.reroute(request=asked, matrix=made, by=WORLD, at=AT + 2 * DAY, key=key())

        assert fresh(asked).status == "superseded"
        assert AutoApproval.objects.get(about=asked.about).matrix == made

    def test_what_the_version_refuses_is_left_as_it_is_and_told(self, asked, house: Company, no_replay) -> None:
        made = self.in_force(rule(MANAGER, amount_to=500), rule(amount_from=500, forbid="Not any more."))

        rerouting.begin(matrix=made, chosen=[asked.pk], by=WORLD, at=AT + 2 * DAY)
        jobs.run_waiting(limit=1)

        [told] = Job.objects.get().result["items"]
        assert (told["done"], told["sentence"]) == (False, "Not any more.")
        assert fresh(asked).status == "open"

    def test_what_was_decided_meanwhile_is_left(self, asked, house: Company, no_replay) -> None:
        made = self.in_force(rule(MANAGER, DIRECTOR))
        decide(house.manager, asked, "Manager")
        assert asked.steps.filter(status=StepState.APPROVED).exists()

        with pytest.raises(Refused, match="This is decided"):
            approvals.reroute(request=asked, matrix=made, by=WORLD, at=AT + 2 * DAY, key=key())

    def test_only_by_the_version_in_force_and_by_who_publishes(self, asked, house: Company, no_replay) -> None:
        made = planned(AT + 5 * DAY)
        with pytest.raises(Refused, match="This version is not in force"):
            rerouting.begin(matrix=made, chosen=[asked.pk], by=WORLD, at=AT + DAY)
        with pytest.raises(NotYours):
            rerouting.begin(matrix=made, chosen=[asked.pk], by=house.requester.actor, at=AT + 6 * DAY)


class TestDays:
    """A rule may take part from one day to another, by the day of the entity."""

    def test_a_rule_takes_part_on_its_days(self, house: Company) -> None:
        first, last = (AT + DAY).date(), (AT + 3 * DAY).date()
        extra = rule(DIRECTOR, starts_on=first, ends_on=last.isoformat())
        authority.publish(matrix=drafted(rule(MANAGER), extra), by=WORLD, at=AT + dt.timedelta(hours=1), key=key())
        document = house.requisition()

        asked = {n: roles(house.routed(document, at=AT + n * DAY)) for n in range(1, 6)}

        assert [len(asked[n]) for n in range(1, 6)] == [2, 2, 2, 1, 1]

    def test_a_rule_may_end_on_the_last_day_of_the_calendar(self, house: Company) -> None:
        extra = rule(DIRECTOR, ends_on=dt.date.max)
        authority.publish(matrix=drafted(rule(MANAGER), extra), by=WORLD, at=AT, key=key())

        assert len(roles(house.routed(house.requisition(), at=AT + DAY))) == 2

    def test_the_proof_reads_the_rules_of_the_day(self, house: Company) -> None:
        extra = rule(DIRECTOR, ends_on=AT.date())
        authority.publish(matrix=drafted(rule(MANAGER), extra), by=WORLD, at=AT, key=key())
        _, before = house.asked(900, at=AT + dt.timedelta(hours=1))
        _, after = house.asked(900, at=AT + DAY)

        assert [request.steps.count() for request in (before, after)] == [2, 1]
        assert derive(before).is_equal
        assert derive(after).is_equal
        ApprovalRequest.objects.filter(pk=after.pk).update(facts={**after.facts, "on": AT.date().isoformat()})
        assert not derive(fresh(after)).is_equal

    def test_ending_soon_and_owners_who_left_are_told(self, house: Company) -> None:
        house.requester.is_active = False
        house.requester.save()
        soon = (AT + 20 * DAY).date()
        rows = matrices.rows_of(house.first, [
            rule(MANAGER, owner="Manager"),
            rule(DIRECTOR, ends_on=soon, owner=house.requester.name),
            rule(DIRECTOR, ends_on=soon + 20 * DAY, amount_from=5),
        ])  # fmt: skip
        names = words.Names.of(rows)

        looked = checking.look(rows, names.world(), on=AT.date(), soon=30)

        assert (looked.ending, looked.left) == ([(2, soon)], [(2, house.requester.name)])
        told = [one.sentence for one in words.findings(looked, names)]
        assert f"Rule 2 takes part until {day_text(soon)}: say what shall count afterwards." in told

    def test_a_gap_after_its_days_keeps_a_version_from_being_planned_for_then(self, house: Company) -> None:
        draft = drafted(rule(MANAGER, ends_on=AT.date()))

        with pytest.raises(Refused, match="Nobody answers"):
            authority.publish(matrix=draft, effective_at=AT + 2 * DAY, by=WORLD, at=AT, key=key())

    def test_the_days_are_typed_and_read_back(self, house: Company) -> None:
        codes = grid.Codes.all()
        typed = grid.Typed({"steps": "1 Manager (site, 8 h)", "ends_on": "2026-12-31", "owner": "Manager"})
        wrong = grid.Typed({"starts_on": "31.12.2026"})

        assert typed.rule(codes)["ends_on"] == dt.date(2026, 12, 31)
        wrong.rule(codes)
        assert wrong.problems == [("starts_on", "“31.12.2026” is no day: write it as 2026-12-31.")]
