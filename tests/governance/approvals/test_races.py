"""Approvers, editors and those who take authority away, all at the same instant, on committed data.

Each twin switches guards off and must show the damage, or the races would prove nothing.
"""

import itertools
import os
import random
import time
from datetime import timedelta

import pytest
from django.db import connection

from foundation.door import door, turn
from foundation.journal.models import Entry
from foundation.subjects import registry
from governance.approvals import actions as approvals
from governance.approvals import queries, staffing
from governance.approvals.actions import deciding as decisions
from governance.approvals.models import Decision
from governance.authority import actions as authority
from governance.authority.models import Delegation
from organization.scopes import actions as scopes
from procurement.requisitions.models import Requisition
from tests.committed import collide, own_database, trouble
from tests.governance.approvals.copies import lend, members, people, questions
from tests.governance.scene import AT, WORLD, Company, RequisitionSubject, approve_by, edit, key, names_of

pytestmark = pytest.mark.slow
RACES = int(os.environ.get("RACES", "100"))
FEW = RACES // 4
"""Where what is promised follows from the same locks, or where a twin has to show damage only once."""
ONCE = RACES // 5
"""Where a twin does damage nearly every time."""


PANEL, DEAR = "Panel member", 50_000


@pytest.fixture(scope="module", autouse=True)
def db(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database() as name:
        yield name


@pytest.fixture(autouse=True)
def handler(monkeypatch):
    monkeypatch.setitem(registry._handlers, "procurement.requisition", RequisitionSubject())


@pytest.fixture(scope="module")
def company(db):
    made = Company()
    made.matrix(
        {"document_kind": "requisition", "amount_to": DEAR, "steps": [approve_by("Branch manager")]},
        {"document_kind": "requisition", "amount_from": DEAR, "steps": [approve_by(PANEL, mode=30_000)]},
    )
    return made


@pytest.fixture
def scene(company):
    """A request that two managers and a delegate may decide; a fresh manager lends to a fresh delegate each time."""
    mia = company.fill("Branch manager", "Mia Manager")
    max_ = company.fill("Branch manager", "Max Manager")
    turn_about = itertools.count()

    asked = questions(company)

    def prepare():
        return *next(asked), mia, max_, next(turn_about)

    return prepare


SEEN = 2
"""The version of every document when it was submitted, which is what everybody looks at."""


def approve(person, step):
    approvals.decide(step=step, kind="approve", by=person.actor, at=AT, seen=SEEN, key=key())


def hesitate(most=0.04):
    """So that no contender always comes first: up to so many seconds."""
    time.sleep(random.uniform(0, most))


def mia_approves(document, request, step, mia, max_, number):
    approve(mia, step)


def max_approves(document, request, step, mia, max_, number):
    approve(max_, step)


def max_approves_later(document, request, step, mia, max_, number):
    hesitate()
    approve(max_, step)


def mia_approves_many(document, request, step, mia, max_, other):
    steps = type(step).objects.select_related("request").filter(pk__in=[step.pk, other.pk])
    for fate in approvals.approve_many(asked=[(one, SEEN) for one in steps], by=mia.actor, at=AT, key=key()).values():
        if fate:
            raise fate


def somebody_edits(document, request, step, mia, max_, number):
    hesitate()
    edit(document=document, amount=5000, by=WORLD, at=AT, key=key())


def somebody_edits_later(document, request, step, mia, max_, number):
    """Than whoever approves many, which takes its time."""
    hesitate(0.2)
    edit(document=document, amount=5000, by=WORLD, at=AT, key=key())


def somebody_edits_carelessly(document, request, step, mia, max_, number):
    """An action that forgets to supersede the question: only the version stands between it and the approver."""
    hesitate()
    edit(document=document, amount=5000, supersedes=False, by=WORLD, at=AT, key=key())


def violations(scenes):
    """What must never be: approved twice, approved both ways, or approved with content that nobody approved."""
    found = {"double": 0, "unseen": 0}
    for document, request, *_ in scenes:
        said = names_of(request.subject)
        standing = queries.standing(Decision.objects.filter(step__request=request)).count()
        found["double"] += said.count("ApprovalGranted") > 1 or standing > 1
        now = Requisition._base_manager.get(pk=document.pk)
        found["unseen"] += now.status == "approved" and now.amount != 900
    return {what: count for what, count in found.items() if count}


def race(count, scene, *contenders):
    started = time.monotonic()
    scenes, endings = collide(count, scene, *contenders)
    found = violations(scenes)
    report(f"{count} races in {time.monotonic() - started:.0f} s", dict(sorted(endings.items())), found)
    return found, endings


def report(*said):
    """Shown by ``pytest -s``: the figures of the run."""
    print("\n", *said)


class TestRaces:
    def test_two_approvers_approve_once(self, scene):
        found, endings = race(RACES, scene, mia_approves, max_approves)

        assert found == trouble(endings) == {}
        assert endings["mia_approves: ok"] + endings["max_approves: ok"] == RACES

    def test_an_approval_is_of_the_content_that_was_seen(self, scene):
        found, endings = race(RACES, scene, mia_approves, somebody_edits)

        assert found == trouble(endings) == {}
        assert endings["mia_approves: ok"] + endings["somebody_edits: ok"] == RACES

    def test_the_version_alone_guards_against_an_edit_that_forgets_the_question(self, scene):
        found, endings = race(FEW, scene, mia_approves, somebody_edits_carelessly)

        assert found == trouble(endings) == {}
        assert endings["mia_approves: ok"] > 0
        assert endings["mia_approves: Stale"] > 0

    def test_all_three_at_once(self, scene):
        found, endings = race(FEW, scene, mia_approves, max_approves, somebody_edits)

        assert found == trouble(endings) == {}


@pytest.fixture
def two(scene):
    """Two requests that one press approves together; the others are after the first of them."""

    def prepare():
        *first, _number = scene()
        return *first, scene()[2]

    return prepare


class TestManyAtOnce:
    def test_keep_to_the_same(self, two):
        scenes, endings = collide(FEW, two, mia_approves_many, max_approves_later, somebody_edits_later)
        steps = [one[place] for one in scenes for place in (2, -1)]
        for decision in Decision.objects.filter(step__in=steps, step__status="held"):
            approvals.apply_decision(decision=decision, by=WORLD, at=AT, key=key())

        report("many at once", dict(sorted(endings.items())))
        assert violations(scenes) == trouble(endings) == {}
        assert endings["mia_approves_many: ok"] > 0

    def test_twin_that_reads_them_without_a_lock_ends_in_errors(self, two, monkeypatch):
        monkeypatch.setattr(turn, "lock_all", lambda rows, *, share=False: [unlocked(row) for row in rows])

        scenes, endings = collide(ONCE, two, mia_approves_many, max_approves_later, somebody_edits)

        assert violations(scenes) == {}
        assert trouble(endings)


def unlocked(document, *, share=False):
    return type(document)._base_manager.get(pk=document.pk)


def unguarded(row, changed):
    own = {"version": row.version, "chain_length": row.chain_length, "chain_head": row.chain_head}
    type(row)._base_manager.filter(pk=row.pk).update(**changed, **own)


@pytest.fixture
def unlinked():
    """Without the chain's unique link, which would be the last guard."""
    with connection.cursor() as cursor:
        cursor.execute("alter table foundation_entry drop constraint one_entry_per_link")
        yield
        for statement in CLEAN.split(";"):
            cursor.execute(statement)


CLEAN = """
alter table foundation_entry disable trigger user;
delete from foundation_delivery;
delete from foundation_entry e where exists
    (select from foundation_entry o where o.subject = e.subject and o.number = e.number and o.id < e.id);
alter table foundation_entry enable trigger user;
alter table foundation_entry add constraint one_entry_per_link unique (subject, number)"""


class TestTwins:
    def test_without_the_lock_the_other_guards_answer_with_errors(self, scene, monkeypatch):
        monkeypatch.setattr(turn, "lock", unlocked)

        found, endings = race(ONCE, scene, mia_approves, max_approves, somebody_edits)

        assert found == {}
        assert trouble(endings)

    def test_without_lock_and_guards_things_are_approved_twice(self, scene, monkeypatch, unlinked):
        monkeypatch.setattr(turn, "lock", unlocked)
        monkeypatch.setattr(turn, "save", unguarded)
        monkeypatch.setattr(decisions, "failpoint", lambda name: time.sleep(0.02))

        found, _ = race(ONCE, scene, mia_approves, max_approves)

        assert found["double"]

    def test_without_the_version_things_are_approved_unseen(self, scene, monkeypatch):
        monkeypatch.setattr(door, "compare", lambda row, seen: None)

        found, _ = race(FEW, scene, mia_approves, somebody_edits_carelessly)

        assert found["unseen"]


class TestAuthorityTakenAway:
    """Whoever comes second sees what the first did: no decision is younger than the end of its authority."""

    def test_a_role_that_ends_while_its_holder_decides(self, appointed):
        self.check(appointed, role_ends)

    def test_a_delegation_that_ends_while_the_delegate_decides(self, lent):
        self.check(lent, loan_ends)

    def check(self, prepare, ends):
        scenes, endings = collide(RACES, prepare, taker_approves, ends)

        assert trouble(endings) == {}
        assert endings[f"{ends.__name__}: ok"] == RACES
        assert late_decisions(scenes) == 0
        report(ends.__name__, dict(sorted(endings.items())))

    def test_twin_that_reads_without_holding_decides_after_the_end(self, lent, monkeypatch):
        locked = turn.lock
        monkeypatch.setattr(
            turn, "lock", lambda row, *, share=False: unlocked(row) if share else locked(row, share=share)
        )
        monkeypatch.setattr(decisions, "failpoint", lambda name: time.sleep(0.02))

        scenes, endings = collide(ONCE, lent, taker_approves, loan_ends)

        report("twin reads only", dict(sorted(endings.items())), late_decisions(scenes))
        assert late_decisions(scenes) > 0

    def test_a_delegation_that_runs_out_while_the_delegate_decides(self, expiring):
        scenes, endings = collide(RACES, expiring, taker_approves_by_the_clock, giver_approves)

        assert trouble(endings) == {}
        assert decided_too_late(scenes) == 0
        assert endings["taker_approves_by_the_clock: ok"]
        assert endings["taker_approves_by_the_clock: ok"] < RACES
        report("delegation runs out", dict(sorted(endings.items())))

    def test_twin_that_does_not_look_at_the_end_decides_after_it(self, expiring, monkeypatch):
        monkeypatch.setattr(Delegation, "lends", lambda loan, **said: True)
        monkeypatch.setattr(staffing.authority, "loans", every_loan)

        scenes, _ = collide(FEW, expiring, taker_approves_by_the_clock, giver_approves)

        assert decided_too_late(scenes) > 0


@pytest.fixture(scope="module")
def panel(company):
    """Steps that more people must answer than ever will: they stay open, whoever decides.

    The first is asked while the panel has one member: each copy has as many tasks as that one.
    """
    company.fill(PANEL, "Pia Panel")
    asked = questions(company, DEAR)
    next(asked)
    return lambda: next(asked)[2]


@pytest.fixture
def appointed(company, panel):
    """Somebody who was just given the role."""
    takers = members(company, "Tina Taker", PANEL)

    def prepare():
        membership = next(takers)
        return panel(), membership.person, membership, None

    return prepare


@pytest.fixture
def lent(company, panel):
    """A fresh delegate of a fresh member."""
    givers, takers = members(company, "Gerd Giver", PANEL), people("Tina Taker")

    def prepare(**span):
        membership, taker = next(givers), next(takers)
        return panel(), taker, membership, lend(membership.person, taker, **span)

    return prepare


@pytest.fixture
def expiring(lent):
    """As lent, until an instant that lies among those at which the delegate presses the button."""
    return lambda: lent(ends_at=AT + timedelta(milliseconds=random.randint(1, 40)))


def taker_approves(step, taker, membership, loan):
    approve(taker, step)


def taker_approves_by_the_clock(step, taker, membership, loan):
    pressed = AT + timedelta(seconds=random.uniform(0, 0.04))
    approvals.decide(step=step, kind="approve", by=taker.actor, at=pressed, seen=SEEN, key=key())


def giver_approves(step, taker, membership, loan):
    """At the same step: one of the two has to wait, and whoever comes second finds that the giver spoke."""
    hesitate()
    approve(membership.person, step)


def role_ends(step, taker, membership, loan):
    hesitate()
    scopes.end_role(membership=membership, by=WORLD, at=AT, key=key())


def loan_ends(step, taker, membership, loan):
    hesitate()
    authority.end_delegation(delegation=loan, by=WORLD, at=AT, key=key())


def late_decisions(scenes):
    """Decisions recorded after the entry that ended their authority."""
    late = 0
    for step, taker, membership, loan in scenes:
        ends = [row.subject for row in (membership, loan) if row]
        said = Entry.objects.filter(subject=step.request.subject, name__endswith="StepDecided")
        decided = said.filter(facts__person_id=taker.pk).first()
        ended = Entry.objects.filter(subject__in=ends, name__regex="(RoleEnded|LoanEnded)$").first()
        late += bool(decided and ended and decided.pk > ended.pk)
    return late


def decided_too_late(scenes):
    """Decisions that were made when the delegation was over."""
    return sum(
        Decision.objects.filter(step=step, person=taker, decided_at__gte=loan.ends_at).count()
        for step, taker, _membership, loan in scenes
    )


def every_loan(*, at, givers=None, takers=None):
    rows = Delegation.objects.select_related("giver", "taker")
    return rows.filter(giver__in=givers) if givers is not None else rows.filter(taker__in=takers)


class TestTakingBack:
    def test_and_applying_at_the_same_instant_exactly_one_wins(self, company, scene, settings):
        settings.APPROVAL_HOLD_SECONDS = 0.001

        def decided():
            document, _, step, mia, *_ = scene()
            approve(mia, step)
            return document, step, mia, step.decisions.get()

        def takes_back(document, step, mia, decision):
            hesitate()
            approvals.take_back(step=step, by=mia.actor, at=AT, key=key())

        def applies(document, step, mia, decision):
            hesitate()
            approvals.apply_decision(decision=decision, by=WORLD, at=AT, key=key())

        scenes, endings = collide(FEW, decided, takes_back, applies)

        report("take back", dict(sorted(endings.items())))
        assert trouble(endings) == {}
        assert endings["takes_back: ok"] + endings["applies: ok"] == FEW
        assert sum(document_status(document) == "approved" for document, *_ in scenes) == endings["applies: ok"]


def document_status(document):
    return Requisition._base_manager.values_list("status", flat=True).get(pk=document.pk)
