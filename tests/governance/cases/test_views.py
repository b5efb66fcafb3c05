"""Exceptions on the screen: the list, the page, the ways out, handing over, what other pages show."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from governance.cases import actions as cases
from governance.cases import queries
from governance.cases.models import Case
from tests.governance.looking import damaged, short
from tests.scene import NOW, SETUP, Scene, fresh, give, key, person


def verb(case: Case, **more: object) -> dict:
    return {"seen": fresh(case).version, "key": key(), **more}


def orphaned(case: Case) -> Case:
    Case._base_manager.filter(pk=case.pk).update(owner=None)
    return fresh(case)


class TestList:
    def test_mine_comes_first_and_says_what_happened(self, scene: Scene, as_) -> None:
        case = damaged(scene)

        mine = as_("supervisor").get("/exceptions/").content.decode()
        of_others = as_("clerk").get("/exceptions/").content.decode()

        assert case.number in mine
        assert case.about_title in mine
        assert case.number not in of_others

    def test_what_is_overdue_is_loud(self, scene: Scene, as_) -> None:
        case = damaged(scene)
        assert "<span>overdue " not in as_("supervisor").get("/exceptions/").content.decode()
        Case._base_manager.filter(pk=case.pk).update(due_at=NOW - dt.timedelta(hours=2))

        page = as_("supervisor").get("/exceptions/").content.decode()

        assert "<span>overdue " in page

    def test_what_nobody_owns_stands_apart(self, scene: Scene, as_) -> None:
        case = orphaned(damaged(scene))

        assert case.number in as_("clerk").get("/exceptions/?unowned=1&open=1").content.decode()
        assert case.number not in as_("clerk").get("/exceptions/?mine=1&open=1").content.decode()

    def test_filters_by_kind_owner_site_and_supplier(self, scene: Scene, as_) -> None:
        case = damaged(scene)
        address, other = "/exceptions/?view=all", scene.other_site.pk

        for narrowed, is_there in {
            "kind=receipt_damaged": True,
            "kind=receipt_short": False,
            f"owner={case.owner_id}": True,
            f"site={case.site_id}": True,
            f"site={other}": False,
            f"supplier={case.supplier_id}": True,
        }.items():
            page = as_("buyer").get(f"/exceptions/?open=1&{narrowed}").content.decode()
            assert (case.number in page) is is_there, narrowed
        assert as_("buyer").get(address).status_code == 200

    def test_what_waits_for_the_supplier_is_not_due(self, scene: Scene, as_) -> None:
        case = damaged(scene)
        assert case.number in as_("buyer").get("/exceptions/?due=1").content.decode()
        cases.ask_supplier(case=case, text="Photos?", by=scene.buyer, at=NOW, seen=case.version, key=key())

        assert case.number not in as_("buyer").get("/exceptions/?due=1").content.decode()
        assert case.number in as_("buyer").get("/exceptions/?status=waiting_supplier").content.decode()

    def test_many_are_taken_on_each_in_its_own_turn(self, scene: Scene, as_) -> None:
        good, stale = damaged(scene), damaged(scene)
        chosen = [f"{good.pk}:{good.version}", f"{stale.pk}:{stale.version + 7}"]

        page = as_("clerk").post("/exceptions/take/", {"key": key(), "chosen": chosen}).content.decode()

        assert (fresh(good).owner_id, fresh(stale).owner_id) == (scene.people["clerk"].pk, stale.owner_id)
        assert "Not done" in page

    def test_costs_few_queries(self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        for _n in range(3):
            damaged(scene)
        client = as_("supervisor")
        with django_assert_max_num_queries(12):
            client.get("/exceptions/?open=1")

    def test_whoever_lacks_the_verb_is_told(self, scene: Scene, as_) -> None:
        assert as_("receiver").get("/exceptions/").status_code == 403


class TestPage:
    def test_says_what_happened_and_whose_turn_it_is(self, scene: Scene, as_) -> None:
        case = damaged(scene)

        page = as_("supervisor").get(f"/exceptions/{case.number}/").content.decode()

        assert f"Lies with {scene.people['supervisor'].name}, not begun: due in" in page
        assert case.about_url in page

    def test_is_not_there_for_whoever_is_out_of_scope(self, scene: Scene, as_) -> None:
        case = damaged(scene)
        elsewhere = scene.people["elsewhere"] = person("elsewhere")
        give(elsewhere, "Buyer", site=scene.other_site.pk)

        assert as_("elsewhere").get(f"/exceptions/{case.number}/").status_code == 404
        assert as_("elsewhere").post(f"/exceptions/{case.number}/take/", verb(case)).status_code == 404
        assert as_("stranger").get(f"/exceptions/{case.number}/").status_code == 403
        assert fresh(case).owner_id == case.owner_id

    def test_without_the_scope_it_would_be_there(self, scene: Scene, as_, monkeypatch: pytest.MonkeyPatch) -> None:
        """The twin of the test above."""
        case = damaged(scene)
        elsewhere = scene.people["elsewhere"] = person("elsewhere")
        give(elsewhere, "Buyer", site=scene.other_site.pk)
        monkeypatch.setattr(queries, "case_rows", lambda _actor: Case.objects.everywhere(because="the guard is off"))

        assert as_("elsewhere").get(f"/exceptions/{case.number}/").status_code == 200

    def test_costs_few_queries(self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        case = damaged(scene)
        for n in range(3):
            cases.add_note(case=case, text=f"Note {n}", by=scene.buyer, at=NOW, key=key())
        client = as_("supervisor")
        with django_assert_max_num_queries(12):
            client.get(f"/exceptions/{case.number}/")

    def test_a_settled_one_says_how_it_ended(self, scene: Scene, as_) -> None:
        case = damaged(scene)
        as_("supervisor").post(f"/exceptions/{case.number}/resolve/", verb(case, how="credit"))

        page = as_("supervisor").get(f"/exceptions/{case.number}/").content.decode()

        assert "Send them back, no replacement" in page
        assert "Close the case" in page


class TestVerbs:
    def test_taking_on_makes_it_ones_own(self, scene: Scene, as_) -> None:
        case = damaged(scene)

        answer = as_("buyer").post(f"/exceptions/{case.number}/take/", verb(case))

        assert (answer.status_code, answer["Location"]) == (303, f"/exceptions/{case.number}/")
        assert (fresh(case).owner_id, fresh(case).status) == (scene.people["buyer"].pk, "in_progress")

    def test_handing_over_leaves_the_reason_to_the_next_one(self, scene: Scene, as_) -> None:
        case, lead = damaged(scene), scene.people["lead"]

        answer = as_("supervisor").post(
            f"/exceptions/{case.number}/hand-over/", verb(case, owner=lead.pk, reason="Knows the carrier")
        )

        assert answer.status_code == 303
        assert fresh(case).owner_id == lead.pk
        assert "Knows the carrier" in as_("lead").get(f"/exceptions/{case.number}/").content.decode()

    def test_handing_over_without_a_reason_keeps_what_was_chosen(self, scene: Scene, as_) -> None:
        case, lead = damaged(scene), scene.people["lead"]

        answer = as_("supervisor").post(f"/exceptions/{case.number}/hand-over/", verb(case, owner=lead.pk, reason=""))

        assert answer.status_code == 422
        assert f'<option value="{lead.pk}" selected>' in answer.content.decode()
        assert fresh(case).owner_id == case.owner_id

    def test_only_who_works_on_cases_there_is_offered(self, scene: Scene, as_) -> None:
        case = damaged(scene)

        page = as_("supervisor").get(f"/exceptions/{case.number}/").content.decode()

        assert f'<option value="{scene.people["buyer"].pk}">' in page
        assert f'<option value="{scene.people["receiver"].pk}">' not in page

    def test_asking_the_supplier_stops_the_clock(self, scene: Scene, as_) -> None:
        case = damaged(scene)

        as_("buyer").post(f"/exceptions/{case.number}/ask/", verb(case, whom="supplier", text="Which carrier?"))

        page = as_("buyer").get(f"/exceptions/{case.number}/").content.decode()
        assert fresh(case).status == "waiting_supplier"
        assert "The clock stands still" in page
        assert "Which carrier?" in page

    def test_a_note_needs_no_version(self, scene: Scene, as_) -> None:
        case = damaged(scene)

        answer = as_("buyer").post(
            f"/exceptions/{case.number}/note/", {"seen": 0, "key": key(), "note-text": "Two pallets wet"}
        )

        assert answer.status_code == 303
        assert case.notes.get().text == "Two pallets wet"

    def test_an_empty_note_is_refused_in_its_page(self, scene: Scene, as_) -> None:
        case = damaged(scene)

        answer = as_("buyer").post(f"/exceptions/{case.number}/note/", {"seen": 0, "key": key(), "note-text": " "})

        assert answer.status_code == 409
        assert "Write something, or add a file." in answer.content.decode()

    def test_closing_wants_the_cause(self, scene: Scene, as_) -> None:
        case = damaged(scene)
        as_("supervisor").post(f"/exceptions/{case.number}/resolve/", verb(case, how="credit"))

        refused = as_("supervisor").post(f"/exceptions/{case.number}/close/", verb(case, root_cause=""))
        closed = as_("supervisor").post(f"/exceptions/{case.number}/close/", verb(case, root_cause="Wet pallets"))

        assert (refused.status_code, closed.status_code) == (422, 303)
        assert (fresh(case).status, fresh(case).root_cause) == ("closed", "Wet pallets")


class TestWays:
    def test_each_way_says_its_effect_before_it_is_pressed(
        self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        case = short(scene)
        client = as_("buyer")

        with django_assert_max_num_queries(12):
            page = client.get(f"/exceptions/{case.number}/ways/").content.decode()

        assert "Wait for the rest" in page
        assert "An invoice for them waits until they come." in page
        assert "are cancelled" in page
        assert fresh(case).status == "open"

    def test_three_ways_cost_few_queries_too(
        self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        case = damaged(scene)
        client = as_("supervisor")
        with django_assert_max_num_queries(12):
            client.get(f"/exceptions/{case.number}/ways/")

    def test_pressing_it_does_what_it_said(self, scene: Scene, as_) -> None:
        case = short(scene)

        answer = as_("buyer").post(
            f"/exceptions/{case.number}/resolve/", verb(case, how="close_short", root_cause="Discontinued")
        )

        assert answer.status_code == 303
        assert (fresh(case).resolution, fresh(case).root_cause) == ("close_short", "Discontinued")

    def test_a_refusal_comes_back_with_what_was_typed(self, scene: Scene, as_) -> None:
        case = short(scene)
        old = verb(case, how="close_short", root_cause="Half a sentence")
        cases.take(case=case, by=scene.supervisor, at=NOW, seen=case.version, key=key())

        answer = as_("buyer").post(f"/exceptions/{case.number}/resolve/", old)

        assert answer.status_code == 409
        assert "Half a sentence" in answer.content.decode()
        assert fresh(case).status == "in_progress"

    def test_a_way_needs_its_own_right(self, scene: Scene, as_) -> None:
        case = short(scene)

        page = as_("clerk").get(f"/exceptions/{case.number}/ways/").content.decode()
        answer = as_("clerk").post(f"/exceptions/{case.number}/resolve/", verb(case, how="close_short"))

        assert "You do not hold the right this needs." in page
        assert answer.status_code == 403
        assert fresh(case).status == "open"

    def test_a_way_that_does_not_exist_is_refused(self, scene: Scene, as_) -> None:
        case = short(scene)

        answer = as_("buyer").post(f"/exceptions/{case.number}/resolve/", verb(case, how="forget"))

        assert answer.status_code == 409
        assert "cannot be settled that way" in answer.content.decode()


class TestElsewhere:
    def test_work_counts_what_is_mine_and_what_is_nobodys(self, scene: Scene, as_) -> None:
        damaged(scene)
        case = orphaned(damaged(scene))

        page = as_("supervisor").get("/").content.decode()

        assert "My exceptions" in page
        assert case.number in as_("clerk").get("/?tab=unowned").content.decode()

    def test_the_search_finds_a_number(self, scene: Scene, as_) -> None:
        case = damaged(scene)

        answer = as_("buyer").get(f"/search/?q={case.number}")

        assert answer["Location"] == f"/exceptions/{case.number}/"  # an exact number opens at once

    def test_a_document_shows_its_cases_to_whoever_may_see_them(self, scene: Scene, order: Any, as_) -> None:
        case = cases.open_(
            kind="confirmation_late", about=order, about_title=order.number, about_url=f"/orders/{order.number}/",
            cause="answer", summary="No answer in two days", entity_id=scene.entity.pk, site_id=scene.site.pk,
            supplier_id=scene.supplier.party_id, stake=order.amount, currency="EUR", facts={}, by=SETUP, at=NOW,
            key=key(),
        )  # fmt: skip

        assert (
            f"/panels/order/{order.number}/exceptions/" in as_("buyer").get(f"/orders/{order.number}/").content.decode()
        )
        assert case.number in as_("buyer").get(f"/panels/order/{order.number}/exceptions/").content.decode()
        assert as_("requester").get(f"/panels/order/{order.number}/exceptions/").status_code == 403
        assert as_("buyer").get("/panels/order/NOTHING/exceptions/").status_code == 200


class TestApi:
    def test_shows_the_ways_of_one_and_settles_it(self, scene: Scene, as_) -> None:
        case = short(scene)
        client, at = as_("buyer"), f"/api/v1/cases/{case.number}/"

        shown = client.get(at).json()
        answer = client.post(
            f"{at}resolve/", {"how": "expect_remainder", "root_cause": "Short of stock", "version": shown["version"]},
            "application/json", headers={"Idempotency-Key": key()},
        )  # fmt: skip

        assert {way["name"] for way in shown["ways"]} == {"expect_remainder", "close_short"}
        assert answer.status_code == 200, answer.content
        assert fresh(case).resolution == "expect_remainder"

    def test_lists_takes_and_hands_over(self, scene: Scene, as_) -> None:
        case = damaged(scene)
        client, at = as_("buyer"), f"/api/v1/cases/{case.number}/"

        assert [row["number"] for row in client.get("/api/v1/cases/?kind=receipt_damaged").json()["results"]] == [
            case.number
        ]
        headers = {"Idempotency-Key": key()}
        taken = client.post(f"{at}take/", {"version": case.version}, "application/json", headers=headers).json()
        given = client.post(
            f"{at}hand-over/", {"owner": scene.people["lead"].email, "reason": "hers", "version": taken["version"]},
            "application/json", headers={"Idempotency-Key": key()},
        )  # fmt: skip

        assert given.status_code == 200, given.content
        assert fresh(case).owner_id == scene.people["lead"].pk
