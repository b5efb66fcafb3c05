"""A draft replayed over real requests: as a job, kept with its rules, asked for before publishing."""

from datetime import timedelta
from decimal import Decimal

import pytest

from foundation.jobs import actions as jobs
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from governance import tasks  # noqa: F401  it says how replays are run
from governance.approvals import actions as approvals
from governance.approvals.models import ApprovalRequest, AutoApproval
from governance.authority import actions as authority
from governance.authority import replays
from governance.authority.models import AuthorityMatrix, MatrixReplay
from governance.parameters import reading
from governance.parameters.rules import Place, Said
from tests.governance.scene import AT, KIND, WORLD, Company, approve_by, decide, key

LATER = AT + timedelta(hours=2)
MANAGER, DIRECTOR = approve_by("Manager"), approve_by("Director", sequence=2)
NONE_ELSE = {"document_kind": "order_change", "forbid": "Not in this company."}


def rule(*steps, cap=None, **more):
    return {"document_kind": KIND, "steps": list(steps), "auto_approve_cap": cap, **more}


@pytest.fixture
def requests(company: Company) -> Company:
    """Nine hundred and three hundred were asked of the manager, fifty passed by itself."""
    company.fill("Manager", "Mary Manager")
    company.fill("Director", "Dora Director")
    company.matrix(rule(MANAGER, cap=100))
    company.asked(900)
    company.asked(300)
    let_pass(company, 50)
    return company


def let_pass(company: Company, amount: int) -> AutoApproval:
    document = company.requisition(amount)
    return approvals.auto_approve(
        about=document,
        kind=KIND,
        title=str(document.number),
        url=f"/requests/{document.number}/",
        routed=company.routed(document),
        entity_id=company.entity.pk,
        amount=document.amount,
        currency="EUR",
        at=AT,
    )


def draft(*rules) -> AuthorityMatrix:
    return authority.draft_matrix(name="Next", rules=[*rules, NONE_ELSE], by=WORLD, at=AT, key=key())


def replayed(matrix: AuthorityMatrix, days: int = 90) -> MatrixReplay:
    replay = replays.replay_matrix(matrix=matrix, days=days, by=WORLD, at=LATER)
    job = jobs.claim()
    assert job is not None
    jobs.run(job, replays.run)
    replay.refresh_from_db()
    return replay


def publish(matrix: AuthorityMatrix) -> AuthorityMatrix:
    matrix.refresh_from_db()
    return authority.publish(matrix=matrix, by=WORLD, at=LATER, key=key())


def fates(replay: MatrixReplay) -> dict[str, int]:
    return {fate: n for fate, n in replay.figures["fates"].items() if n}


class TestReplay:
    def test_counts_what_becomes_of_every_document(self, requests: Company) -> None:
        made = draft(rule(MANAGER, DIRECTOR, cap=400, amount_from=100), rule(DIRECTOR, amount_to=100))

        replay = replayed(made)

        assert fates(replay) == {"different": 1, "now_automatic": 1, "now_asked": 1}
        assert replay.figures["roles"] == [
            {"role": "Director", "before": 0, "after": 2},
            {"role": "Manager", "before": 2, "after": 1},
        ]
        assert (replay.job.status, replay.job.done_count, replay.job.total_count) == ("done", 3, 3)

    def test_lists_those_that_differ_with_both_routes_in_words(self, requests: Company) -> None:
        replay = replayed(draft(rule(MANAGER, DIRECTOR, cap=100)))

        dear, cheap = replay.documents.order_by("-amount")
        asked = ApprovalRequest.objects.get(amount=900)
        assert (dear.about, dear.title, dear.url) == (asked.about, asked.title, asked.url)
        assert dear.before == "Manager of the site (8 h)"
        assert dear.after == "Manager of the site (8 h), then Director of the site (8 h)"
        assert (dear.added, dear.removed, cheap.amount) == (["Director of the site (8 h)"], [], 300)

    def test_lists_so_many_of_each_fate_and_counts_all(self, requests: Company) -> None:
        long_ago = AT - timedelta(days=1000)
        one = Said(1, Place(), Decimal(1), None, None, False, long_ago, None, long_ago)
        reading.keep({"replay_listed": [one]})

        replay = replayed(draft(rule(MANAGER, DIRECTOR, cap=100)))

        assert (replay.documents.count(), fates(replay)["different"]) == (1, 2)

    def test_a_gap_and_a_refusal_block(self, requests: Company) -> None:
        replay = replayed(draft(rule(MANAGER, amount_to=400), rule(amount_from=400, amount_to=901, forbid="No.")))

        assert fates(replay) == {"same": 1, "now_asked": 1, "now_blocked": 1}
        assert replay.documents.get(fate="now_blocked").after == "refused: “No.”"

    def test_knows_hours_by_what_roles_took(self, requests: Company) -> None:
        for role in ("Manager", "Director"):
            publish_with_steps_of(requests, role, hours=6)

        replay = replayed(draft(rule(MANAGER, DIRECTOR, cap=100)))

        assert replay.figures["measured"]["Director"] == 6
        assert replay.figures["hours"] == 6 * fates(replay)["different"]

    def test_what_was_superseded_counts_once(self, requests: Company) -> None:
        ApprovalRequest.objects.filter(amount=300).update(status="superseded")

        assert replayed(draft(rule(MANAGER, cap=100))).figures["total"] == 2

    def test_an_edit_while_it_waits_ends_it(self, requests: Company) -> None:
        made = draft(rule(MANAGER))
        replays.replay_matrix(matrix=made, days=90, by=WORLD, at=LATER)
        authority.set_rules(matrix=made, rules=[rule(DIRECTOR), NONE_ELSE], by=WORLD, at=LATER, key=key())

        with pytest.raises(Refused, match="edited since"):
            jobs.run(jobs.claim(), replays.run)

    def test_asked_twice_it_runs_once(self, requests: Company) -> None:
        made = draft(rule(MANAGER))
        one, two = (replays.replay_matrix(matrix=made, days=90, by=WORLD, at=LATER) for _ in range(2))

        assert one.pk == two.pk

    def test_is_for_who_keeps_the_rules(self, requests: Company) -> None:
        made = draft(rule(MANAGER))

        with pytest.raises(NotYours):
            replays.replay_matrix(matrix=made, days=90, by=requests.requester.actor, at=LATER)
        with pytest.raises(Refused, match="30, 90 or 365"):
            replays.replay_matrix(matrix=made, days=7, by=WORLD, at=LATER)
        with pytest.raises(Refused, match="Only a draft"):
            live = AuthorityMatrix.objects.get(status="active")
            replays.replay_matrix(matrix=live, days=90, by=WORLD, at=LATER)


def publish_with_steps_of(company: Company, role: str, *, hours: int) -> None:
    """One question that this role alone decided, so many hours after it came."""
    matrix = draft(rule(approve_by(role), cap=100))
    replayed(matrix)
    publish(matrix)
    person = company.fill(role, f"Quick {role}")
    _, asked = company.asked(5000, at=LATER + timedelta(seconds=1))
    decide(person, asked, role)
    asked.steps.update(activated_at=AT - timedelta(hours=hours), decided_at=AT)
    asked.steps.update(status="approved")


class TestPublishing:
    def test_needs_a_replay_once_documents_came(self, requests: Company) -> None:
        made = draft(rule(MANAGER, cap=200))

        with pytest.raises(Refused, match="Replay these very rules"):
            publish(made)
        replayed(made)
        assert publish(made).status == "active"

    def test_an_edit_makes_the_replay_stale(self, requests: Company) -> None:
        made = draft(rule(MANAGER, cap=200))
        replay = replayed(made)
        assert not replays.is_stale(replay)
        made.refresh_from_db()
        authority.set_rules(matrix=made, rules=[rule(MANAGER, cap=201), NONE_ELSE], by=WORLD, at=LATER, key=key())
        made.refresh_from_db()

        assert replays.is_stale(MatrixReplay.objects.get(pk=replay.pk))
        with pytest.raises(Refused, match="Replay these very rules"):
            publish(made)

    def test_thirty_days_are_not_enough(self, requests: Company) -> None:
        made = draft(rule(MANAGER, cap=200))
        replayed(made, days=30)

        with pytest.raises(Refused, match="90 days or more"):
            publish(made)

    def test_another_version_in_force_makes_it_stale(self, requests: Company) -> None:
        made, other = draft(rule(MANAGER, cap=200)), draft(rule(MANAGER, cap=300))
        replayed(made), replayed(other)
        publish(other)

        with pytest.raises(Refused, match="Replay these very rules"):
            publish(made)

    def test_where_nothing_came_lately_none_is_needed(self, company: Company) -> None:
        company.matrix(rule(MANAGER, cap=100))
        _, old = company.asked(900)
        ApprovalRequest.objects.filter(pk=old.pk).update(asked_at=AT - timedelta(days=100))

        assert publish(draft(rule(MANAGER, cap=200))).status == "active"

    def test_twin_without_the_rule_is_caught(self, requests: Company, monkeypatch: pytest.MonkeyPatch) -> None:
        """The twin of the first: what lets it through is the replay and nothing else."""
        monkeypatch.setattr(replays, "objections", lambda *_args, **_given: [])

        assert publish(draft(rule(MANAGER, cap=200))).status == "active"


class TestAutoApproval:
    def test_keeps_the_facts_and_the_version(self, requests: Company) -> None:
        kept = AutoApproval.objects.get()

        assert (Decimal(kept.facts["amount"]), kept.matrix.status) == (50, "active")

    def test_is_not_for_what_somebody_is_asked_about(self, requests: Company) -> None:
        with pytest.raises(ValueError, match="does not pass by itself"):
            let_pass(requests, 500)
