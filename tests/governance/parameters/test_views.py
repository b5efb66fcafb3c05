"""Standards on the screen and over REST: the tree, overrides, proposing, deciding by another."""

from decimal import Decimal

import pytest

from governance.parameters.models import ParameterValue
from tests.governance.parameters.conftest import LATER
from tests.pages import words
from tests.scene import NOW, Scene, fresh, key

UNTIL = LATER.strftime("%Y-%m-%dT%H:%M")


def sent(row: ParameterValue, **more: object) -> dict:
    return {"seen": fresh(row).version, "key": key(), **more}


class TestPages:
    def test_shows_where_each_value_comes_from(self, governors: Scene, as_, agreed) -> None:
        agreed("price_above", 6, at=NOW.replace(hour=8))
        agreed("price_above", 8, at=NOW.replace(hour=8), site=governors.site)

        house, site = (
            words(as_("onlooker").get(f"/parameters/{where}")) for where in ("", f"?site={governors.site.pk}")
        )

        assert "Price above the usual one 6.0 % standard 0.0 % – 100.0 % 1 Controller" in house
        assert "Price above the usual one 8.0 % overridden here" in site
        assert "Price far above the usual one 20.0 % as delivered" in site
        assert "Match tolerances of invoices" in house

    def test_shows_what_counted_at_an_instant(self, governors: Scene, as_, agreed) -> None:
        agreed("price_above", 6, at=NOW.replace(hour=8))

        assert "Price above the usual one 5.0 % as delivered" in words(
            as_("onlooker").get("/parameters/?at=2026-03-02T07:00")
        )
        assert as_("onlooker").get("/parameters/?at=yesterday").status_code == 422

    def test_proposed_by_one_and_decided_by_another_beside_its_impact(self, governors: Scene, as_) -> None:
        where = f"/parameters/price_above/propose/?site={governors.site.pk}"
        assert "Now 5.0 % (as delivered). May be from 0.0 % – 100.0 %." in words(as_("local").get(where))
        form = {"key": key(), "value": "8", "ends_at": UNTIL, "reason": "Steel goes up."}
        answer = as_("local").post(where, form)

        row = ParameterValue.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/parameters/values/{row.pk}/")
        mine, theirs = (words(as_(who).get(answer["Location"])) for who in ("local", "second"))
        assert "You proposed it: somebody else decides." in mine
        assert "Of 0 request lines of the last 90 days, 0 would have been judged otherwise." in theirs
        assert as_("second").post(f"{answer['Location']}agree/", sent(row, answer="Until summer.")).status_code == 303
        assert (fresh(row).status, fresh(row).decider_id) == ("in_force", governors.people["second"].pk)

    def test_nothing_typed_is_lost_and_the_sentence_says_what_to_do(self, governors: Scene, as_) -> None:
        form = {"key": key(), "value": "300", "ends_at": UNTIL, "reason": "Steel goes up."}
        answer = as_("local").post(f"/parameters/price_above/propose/?site={governors.site.pk}", form)

        assert answer.status_code == 409
        assert "lies between 0.0 % and 100.0 %" in words(answer)
        assert b'value="300"' in answer.content

    def test_the_author_cannot_decide(self, governors: Scene, as_, proposed) -> None:
        row = proposed("price_above", 7)

        answer = as_("standard").post(f"/parameters/values/{row.pk}/agree/", sent(row))

        assert (answer.status_code, fresh(row).status) == (409, "proposed")
        assert "Who proposes does not decide." in words(answer)

    def test_reject_end_and_withdraw(self, governors: Scene, as_, proposed, agreed) -> None:
        no, mine, over = (
            proposed("price_above", 7),
            proposed("price_far_above", 7),
            agreed("price_warning", 9, at=NOW.replace(hour=8), site=governors.site),
        )

        as_("second").post(f"/parameters/values/{no.pk}/reject/", sent(no, answer="Not now."))
        as_("standard").post(f"/parameters/values/{mine.pk}/withdraw/", sent(mine))
        as_("second").post(f"/parameters/values/{over.pk}/end/", sent(over, answer="Over."))

        assert [fresh(row).status for row in (no, mine, over)] == ["rejected", "withdrawn", "ended"]

    def test_all_deviations_as_a_file(self, governors: Scene, as_, agreed) -> None:
        agreed("price_above", 8, at=NOW.replace(hour=8), site=governors.site)

        answer = as_("onlooker").get("/parameters/values/?overrides=1&export=csv")

        assert answer.status_code == 200
        text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
        assert "RTM" in text
        assert "+3.0 %" in text

    @pytest.mark.parametrize("path", ["", "values/", "price_above/", "price_above/propose/", "values/{}/"])
    def test_each_page_costs_few_queries(
        self, path: str, governors: Scene, as_, agreed, django_assert_max_num_queries
    ) -> None:
        row = agreed("price_above", 8, at=NOW.replace(hour=8), site=governors.site)
        client = as_("second")

        with django_assert_max_num_queries(12):
            assert client.get(f"/parameters/{path.format(row.pk)}").status_code == 200


class TestApi:
    def test_proposes_decides_and_says_what_counts(self, governors: Scene, as_) -> None:
        api, json = "/api/v1/parameter-values/", {"content_type": "application/json"}
        body = {
            "parameter": "price_above",
            "site": "RTM",
            "value": "8",
            "ends_at": LATER.isoformat(),
            "reason": "Steel.",
        }
        made = as_("local").post(api, body, headers={"Idempotency-Key": key()}, **json)
        assert made.status_code == 201
        row = ParameterValue.objects.get()

        own = as_("local").post(
            f"{api}{row.pk}/agree/", {"version": row.version}, headers={"Idempotency-Key": key()}, **json
        )
        other = as_("second").post(
            f"{api}{row.pk}/agree/", {"version": row.version}, headers={"Idempotency-Key": key()}, **json
        )

        assert (own.status_code, other.status_code) == (409, 200)
        assert other.json()["status"] == "in_force"
        later = as_("onlooker").get(f"{api}standing/", {"site": "RTM", "at": "2026-03-02T10:00:00Z"}).json()
        [found] = [one for one in later if one["parameter"] == "price_above"]
        assert (Decimal(found["value"]), found["standing"]) == (8, "overridden here")
        assert as_("onlooker").post(api, body, headers={"Idempotency-Key": key()}, **json).status_code == 403
