"""What was asked for already: found, said, and made one."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest

from foundation.door import Stale
from foundation.lifecycles import Refused
from governance.approvals.models import ApprovalRequest
from organization.items.models import Category
from procurement.requisitions import actions as requisitions
from procurement.requisitions import duplicates, merging
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.duplicates import Asked, Degree
from procurement.requisitions.models import RequisitionLine
from tests.scene import NOW, TODAY, Scene, approve, fresh, key, requested

DAY = dt.timedelta(days=1)
NEED_BY = TODAY + 14 * DAY


def ours(quantity: Any = 100, *, number: int = 1, item: int | None = 7, need_by: dt.date = NEED_BY) -> RequisitionLine:
    return RequisitionLine(number=number, item_id=item, quantity=Decimal(quantity), need_by=need_by)


def theirs(
    quantity: Any = 100, *, line: int = 1, item: int | None = 7, need_by: dt.date = NEED_BY, **more: Any
) -> Asked:
    given = {"number": "REQ-1", "status": "in_approval", "requester": "Anna", "submitted_at": NOW, "line_count": 1}
    return Asked(item_id=item, quantity=Decimal(quantity), need_by=need_by, line=line, **(given | more))


class TestDegree:
    def test_the_same_is_the_same(self) -> None:
        assert degree_of(100, 100) == Degree.SAME

    @pytest.mark.parametrize(("quantity", "is_alike"), [(75, True), (74, False), (133, True), (134, False)])
    def test_a_close_quantity_is_alike(self, quantity: int, is_alike: bool) -> None:
        assert degree_of(100, quantity) == (Degree.ALIKE if is_alike else Degree.NONE)

    @pytest.mark.parametrize(("days", "found"), [(3, Degree.SAME), (4, Degree.ALIKE), (14, Degree.ALIKE), (15, 0)])
    def test_another_day_is_another_need(self, days: int, found: int) -> None:
        assert duplicates.degree(ours(), theirs(need_by=NEED_BY + days * DAY)) == found
        assert duplicates.degree(ours(), theirs(need_by=NEED_BY - days * DAY)) == found

    @pytest.mark.parametrize(("likeness", "found"), [(0.54, 0), (0.55, Degree.ALIKE), (0.84, 1), (0.85, Degree.SAME)])
    def test_words_are_compared_by_their_likeness(self, likeness: float, found: int) -> None:
        assert duplicates.degree(ours(item=None), theirs(item=None, likeness=likeness)) == found


def degree_of(one: int, other: int) -> Degree:
    return duplicates.degree(ours(one), theirs(other))


class TestJudged:
    def test_a_request_that_asks_for_all_of_it_is_said_once(self) -> None:
        lines = [ours(number=1), ours(number=2, item=8)]
        found = duplicates.judged(lines, [theirs(line=1, line_count=2), theirs(line=2, item=8, line_count=2)])

        assert (found.degree, len(found.findings), found.findings[0].line) == (Degree.SAME, 1, None)

    def test_one_that_asks_for_more_than_that_is_only_alike(self) -> None:
        found = duplicates.judged([ours()], [theirs(line_count=2)])

        assert (found.word, [one.line for one in found.findings]) == ("alike", [1])

    def test_each_line_names_the_latest_only(self) -> None:
        found = duplicates.judged([ours()], [theirs(80, number="REQ-2"), theirs(90, number="REQ-1")])

        assert [one.other for one in found.findings] == ["REQ-2"]

    def test_finds_what_is_copied_and_leaves_what_is_not(self) -> None:
        """At least 95 % of copies with small changes, at most 2 % of what only shares an item."""
        dice = random.Random(5)
        copies = clean = 0
        for _n in range(2000):
            quantity = dice.randint(20, 400)
            near = round(quantity * dice.uniform(0.85, 1.15)) or 1
            copies += duplicates.degree(ours(quantity), theirs(near, need_by=NEED_BY + dice.randint(-6, 6) * DAY)) > 0
            far = quantity * dice.choice([2, 3, 5]) if dice.random() < 0.5 else quantity
            apart = dice.randint(20, 60) if far == quantity else dice.randint(0, 60)
            clean += duplicates.degree(ours(quantity), theirs(far, need_by=NEED_BY + apart * DAY)) > 0

        assert copies >= 1900
        assert clean <= 40


class TestSubmit:
    def test_says_so_and_keeps_the_word_with_the_question(self, scene: Scene) -> None:
        first = requested(scene)
        second = requested(scene)

        [finding] = [one for one in second.checks if one["kind"] == "duplicate"]

        assert (finding["other"], finding["verdict"], finding["merges"]) == (first.number, "warn", True)
        assert ApprovalRequest.objects.get(about=second.subject).facts["likeness"] == "same"
        assert ApprovalRequest.objects.get(about=first.subject).facts["likeness"] == "none"

    def test_another_site_is_another_need(self, scene: Scene) -> None:
        requested(scene)
        wanted = [
            Wanted(item_id=scene.items[0].pk, quantity=Decimal(100), need_by=NEED_BY, site_id=scene.other_site.pk)
        ]
        draft = raised(scene, wanted)

        assert duplicates.twins(draft, list(draft.lines.all()), at=NOW).degree == Degree.NONE

    def test_what_was_sent_long_ago_is_over(self, scene: Scene) -> None:
        requested(scene)
        draft = raised(scene)
        lines = list(draft.lines.all())

        assert duplicates.twins(draft, lines, at=NOW + 14 * DAY - dt.timedelta(seconds=1)).degree == Degree.SAME
        assert duplicates.twins(draft, lines, at=NOW + 14 * DAY).degree == Degree.NONE

    def test_words_that_say_the_same_are_found(self, scene: Scene) -> None:
        category = Category.objects.first()
        assert category
        sent = raised(scene, [in_words(scene, category, "Safety gloves, size 10, nitrile")])
        requisitions.submit(requisition=sent, by=scene.requester, at=NOW, seen=sent.version, key=key())
        for text, found in (("Nitrile safety gloves size 10", Degree.SAME), ("Forklift battery 48 V", Degree.NONE)):
            draft = raised(scene, [in_words(scene, category, text)])
            assert duplicates.twins(draft, list(draft.lines.all()), at=NOW).degree == found, text


def raised(scene: Scene, wanted: list[Wanted] | None = None) -> Any:
    wanted = wanted or [Wanted(item_id=scene.items[0].pk, quantity=Decimal(100), need_by=NEED_BY)]
    said = {"site": scene.site, "title": "Once more", "cost_center_id": scene.cost_center.pk}
    return requisitions.raise_(wanted=wanted, by=scene.requester, at=NOW, key=key(), **said)


def in_words(scene: Scene, category: Category, text: str) -> Wanted:
    return Wanted(
        quantity=Decimal(4),
        need_by=NEED_BY,
        description=text,
        category_id=category.pk,
        unit_id=scene.each.pk,
        price=Decimal(12),
    )


class TestMerge:
    def merged(self, scene: Scene, draft: Any, into: Any) -> Any:
        said = {"by": scene.requester, "at": NOW, "seen": draft.version, "key": key()}
        return merging.merge(requisition=draft, into=into, **said)

    def test_makes_one_of_two_that_is_sent_again(self, scene: Scene) -> None:
        first, draft = requested(scene), raised(scene)

        one = self.merged(scene, draft, first)

        assert (fresh(one).status, fresh(draft).status) == ("draft", "cancelled")
        assert [line.quantity for line in one.lines.all()] == [200]
        assert ApprovalRequest.objects.get(about=first.subject).status == "withdrawn"

    def test_notes_are_kept_and_other_lines_stand_beside(self, scene: Scene) -> None:
        first = requested(scene)
        other = Wanted(item_id=scene.items[1].pk, quantity=Decimal(5), need_by=NEED_BY, note="Blue ones")
        draft = raised(scene, [other])

        one = self.merged(scene, draft, first)

        assert [(line.quantity, line.note) for line in one.lines.order_by("number")] == [(100, ""), (5, "Blue ones")]

    def test_what_is_approved_takes_no_more(self, scene: Scene) -> None:
        first = requested(scene)
        approve(scene, first)
        draft = raised(scene)

        with pytest.raises(Refused, match="approved already"):
            self.merged(scene, draft, first)

        assert (fresh(first).status, fresh(draft).status) == ("approved", "draft")

    def test_of_an_older_version_is_refused(self, scene: Scene) -> None:
        first, draft = requested(scene), raised(scene)
        draft.version += 1

        with pytest.raises(Stale):
            self.merged(scene, draft, first)

    def test_with_itself_is_refused(self, scene: Scene) -> None:
        draft = raised(scene)

        with pytest.raises(Refused, match="itself"):
            self.merged(scene, draft, draft)


class TestPage:
    def form(self, scene: Scene, **more: Any) -> dict[str, Any]:
        row = {"row_what": scene.items[0].sku, "row_quantity": "100", "row_need_by": NEED_BY.isoformat()}
        head = {"title": "Once more", "site": scene.site.pk, "cost_center": scene.cost_center.pk, "urgency": "normal"}
        return row | head | {"key": key()} | more

    def test_offers_to_merge_and_does(self, scene: Scene, as_: Any) -> None:
        first = requested(scene)
        client = as_("requester")
        rail = client.post("/requests/preview/", self.form(scene)).content.decode()
        answer = client.post("/requests/new/", self.form(scene, do=f"merge:{first.number}"))

        assert f'value="merge:{first.number}"' in rail
        assert f'value="discard:{first.number}"' in rail
        assert answer["Location"] == f"/requests/{first.number}/edit/"
        assert [line.quantity for line in fresh(first).lines.all()] == [200]

    def test_offers_to_discard_and_does(self, scene: Scene, as_: Any) -> None:
        first, draft = requested(scene), raised(scene)
        form = self.form(scene, do=f"discard:{first.number}", seen=draft.version)

        answer = as_("requester").post(f"/requests/{draft.number}/edit/", form)

        assert answer["Location"] == f"/requests/{first.number}/"
        assert fresh(draft).status == "cancelled"
