"""From what happened to a figure and back to its cases: computed twice alike, contested, excluded with a reason."""

import datetime as dt
from decimal import Decimal

import pytest

from foundation.journal.relay import drain
from governance.cases import actions as governed
from governance.cases.models import Case
from intelligence import tasks
from intelligence.performance import actions as performance
from organization.notifications.models import Mail
from organization.people.models import Person
from organization.scopes import actions as scopes
from procurement.confirmations import actions as confirmations
from procurement.confirmations.actions import Answer
from suppliers.scorecards import contesting, queries
from suppliers.scorecards.glossary import DEFINITIONS
from suppliers.scorecards.models import Score, Scorecard, ScoreCase, Standing
from suppliers.submissions import actions as submissions
from tests.pages import signed_in, words
from tests.receiving import steps
from tests.scene import NOW, SETUP, fresh, key, ordered

BECAUSE = "a test looks at everything"
LATER = NOW + dt.timedelta(days=40)


@pytest.fixture
def traded(scene):
    """Five orders of two lines: four answered, one of them for a later day; all received, one broken and one short."""
    found = []
    for number in range(5):
        order = ordered(scene, items=2)
        if number < 4:
            late = {"promised_on": order.lines.first().need_by + dt.timedelta(days=30)} if number == 3 else {}
            answers = [Answer(line_number=1, **late), Answer(line_number=2)]
            confirmations.confirm(order=order, revision=1, answers=answers, by=scene.supplier_actor, at=NOW, key=key())
        damaged = {"damaged": 8} if number == 0 else {}
        steps.received(
            scene, fresh(order), *((92, 100) if number == 0 else (100, 60 if number == 1 else 100)), **damaged
        )
        found.append(fresh(order))
    drain()
    performance.reckon(supplier=scene.supplier, at=LATER)
    performance.rank(at=LATER)
    return found


def figure(scene, measure):
    card = queries.card(scene.supplier.pk, SETUP)
    return next(one for one in (*card.figures, *card.variances) if one.of.key == measure)


def stored():
    cases = ScoreCase.objects.everywhere(because=BECAUSE).order_by("measure", "subject")
    scores = Score.objects.everywhere(because=BECAUSE).order_by("measure", "month", "site")
    left_out = {"id", "public_id", "computed_at"}
    return [
        {name: value for name, value in row.items() if name not in left_out}
        for row in (*cases.values(), *scores.values())
    ]


class TestFigures:
    def test_are_what_happened_and_each_has_its_cases(self, scene, traded):
        card = queries.card(scene.supplier.pk, SETUP)
        shown = {one.of.key.value: one for one in (*card.figures, *card.variances)}

        assert {name: (one.tally.good, one.tally.n) for name, one in shown.items()} == {
            "confirm_time": (4, 5),
            "as_ordered": (7, 8),
            "on_time": (9, 10),
            "notice": (0, 0),
            "receipt": (8, 10),
            "touchless": (0, 0),
            "price": (0, 0),
            "lead_time": (9, 9),
        }
        for name, one in shown.items():
            assert queries.cases_of(scene.supplier.pk, name, SETUP).count() == one.tally.n
        assert shown["on_time"].is_enough
        assert not shown["notice"].is_enough
        assert set(Standing.objects.values_list("quarter", flat=True)) == {None}, "fewer than four are not ranked"

    def test_computed_again_or_from_scratch_they_are_the_same(self, scene, traded):
        before, cases = stored(), ScoreCase.objects.everywhere(because=BECAUSE)
        ids = set(cases.values_list("pk", "public_id"))

        performance.reckon(supplier=scene.supplier, at=LATER)
        assert set(cases.values_list("pk", "public_id")) == ids
        forget()
        performance.reckon(supplier=scene.supplier, at=LATER)

        assert before
        assert stored() == before

    def test_the_clock_computes_what_changed_and_then_rests(self, scene):
        assert tasks.clock_performance() == 1
        soon = dt.datetime.now(dt.UTC) + 2 * performance.MARGIN
        Scorecard.objects.update(computed_at=soon)
        assert performance.stale(soon, limit=9) == []
        Scorecard.objects.update(computed_at=dt.datetime.now(dt.UTC))

        ordered(scene)

        assert performance.stale(dt.datetime.now(dt.UTC), limit=9) == [scene.supplier]


def forget():
    ScoreCase.objects.everywhere(because=BECAUSE).delete()
    Score.objects.everywhere(because=BECAUSE).delete()


def contested(scene, case, by=None, reason="The truck was sent home."):
    said = submissions.submit(
        supplier=scene.supplier,
        kind="contest",
        about=case.public_id,
        channel="portal",
        body={"reason": reason},
        by=scene.supplier_actor,
        at=NOW,
        key=key(),
    )
    drain()
    return fresh(said)


def decided(scene, how, reason="We sent it home."):
    case = Case.objects.everywhere(because=BECAUSE).get(kind=contesting.KIND)
    governed.resolve(case=case, how=how, facts={"reason": reason}, by=scene.buyer, at=NOW, seen=case.version, key=key())
    drain()


class TestContesting:
    @pytest.fixture
    def bad(self, traded, monkeypatch):
        monkeypatch.setattr("intelligence.subscribers.now", lambda: LATER)
        return ScoreCase.objects.everywhere(because=BECAUSE).get(measure="on_time", is_good=False)

    def test_excluded_both_figures_are_shown_and_the_journal_has_the_reason(self, scene, bad):
        assert contested(scene, bad).status == "applied"
        opened = Case.objects.everywhere(because=BECAUSE).get(kind=contesting.KIND)
        assert opened.due_at > NOW
        assert fresh(bad).contest == "open"

        decided(scene, contesting.EXCLUDE)

        shown = figure(scene, "on_time")
        assert (shown.tally.good, shown.tally.n, shown.tally.excluded) == (9, 9, 1)
        assert shown.tally.share == 1
        assert shown.tally.share_of_all == Decimal("0.9")
        assert (fresh(bad).contest, fresh(bad).answer) == ("excluded", "We sent it home.")
        before = stored()
        forget()
        performance.reckon(supplier=scene.supplier, at=LATER)
        assert stored() == before, "what was decided is in the journal"

    def test_who_contested_is_mailed_the_decision_and_its_reason_once(self, scene, bad):
        contested(scene, bad)
        decided(scene, contesting.EXCLUDE)

        (mail,) = Mail.objects.filter(key__contains="contest_decided")
        assert mail.to == scene.supplier_person.email
        assert "It does not count any more" in mail.subject
        assert "We sent it home." in mail.text
        assert "/scorecard/on_time/" in mail.text

    def test_who_left_meanwhile_is_not_written_to(self, scene, bad):
        contested(scene, bad)
        Person.objects.filter(pk=scene.supplier_person.pk).update(is_active=False)
        decided(scene, contesting.KEEP)
        assert not Mail.objects.filter(key__contains="contest_decided").exists()

    def test_kept_it_counts_and_cannot_be_contested_again(self, scene, bad, monkeypatch):
        good = ScoreCase.objects.everywhere(because=BECAUSE).filter(measure="on_time", is_good=True).first()
        assert contested(scene, good).status == "refused"
        assert contested(scene, bad, reason=" ").status == "refused"
        contested(scene, bad)
        assert "contested already" in contested(scene, bad).answer["reasons"][0]

        decided(scene, contesting.KEEP)

        assert figure(scene, "on_time").tally.n == 10
        assert "decided: We sent it home." in contested(scene, bad).answer["reasons"][0]
        monkeypatch.setattr(contesting, "why_not", lambda case: "")
        assert contested(scene, bad).status == "applied", "without the guard it would be asked again"


class TestPages:
    def test_the_card_its_cases_and_all_side_by_side_within_scope(self, scene, traded, django_assert_max_num_queries):
        client, number = signed_in(scene.people["buyer"]), scene.supplier.number
        with django_assert_max_num_queries(12):
            page = words(client.get(f"/suppliers/{number}/scorecard/"))
        assert "9 of 10 order lines" in page
        assert "Too few announced lines (0) to score." in page
        assert str(DEFINITIONS["on_time"].definition)[:60] in page
        with django_assert_max_num_queries(12):
            page = words(client.get(f"/suppliers/{number}/scorecard/on_time/?view=bad&bad=1"))
        assert "60 of 100 had arrived in time" in page
        assert client.get(f"/suppliers/{number}/scorecard/nonsense/").status_code == 404
        with django_assert_max_num_queries(12):
            page = words(client.get("/suppliers/scorecards/?measure=on_time&months=12"))
        assert "Nordfast AG 80.0 % 5" in page
        assert client.get("/suppliers/scorecards/?site=999999").status_code == 422
        assert "Open the scorecard" in words(client.get(f"/panels/supplier/{number}/scorecard/"))

        role = scopes.define_role(name="Looks", verbs=["see_supplier"], by=SETUP, at=NOW, key=key())
        where = scopes.scope_of(site=scene.other_site.pk)
        scopes.give_role(person=scene.people["stranger"], role=role, scope=where, by=SETUP, at=NOW, key=key())
        card = queries.card(scene.supplier.pk, scene.stranger)
        assert [one.tally.n for one in card.figures] == [0] * 6, "who sees another site sees none of it"
