import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.screens.lists import exports, paging, state
from foundation.screens.lists.columns import Column
from foundation.screens.models import SavedView
from governance.cases.models import Case
from tests.foundation.screens import stage
from tests.foundation.screens.conftest import htmx, signed_in

LIST = "/stage/cases/"


def numbers(answer) -> list[str]:
    return [entry["row"].number for entry in answer.context["list"].rows]


def every_page(client: Client, address: str, link: str = "after_url") -> list[str]:
    """All rows, page after page."""
    found = []
    while address:
        answer = client.get(address)
        rows = numbers(answer)
        found = found + rows if link == "after_url" else rows + found
        more = getattr(answer.context["list"], link)
        address = LIST + more if more else ""
    return found


@pytest.mark.django_db
class TestAPage:
    def test_costs_five_queries_with_session_and_person(self, annas: Client) -> None:
        stage.some_cases(60)
        annas.get(LIST)

        with CaptureQueriesContext(
            connection,
        ) as asked:
            annas.get(f"{LIST}?q=CASE&high=1&sort=site&after=")

        assert len(asked) <= 5, [query["sql"][:120] for query in asked]

    def test_costs_no_more_with_more_rows(self, annas: Client, django_assert_max_num_queries) -> None:
        stage.some_cases(210)

        with django_assert_max_num_queries(7):  # one more for the sites to choose from, one for the totals of all pages
            answer = annas.get(f"{LIST}?size=200")

        assert len(numbers(answer)) == 200

    def test_says_in_words_what_it_shows(self, annas: Client) -> None:
        stage.some_cases(7)

        answer = annas.get(f"{LIST}?high=1&q=CASE")

        assert answer.context["list"].summary == "3 cases"
        assert [chip["text"] for chip in answer.context["list"].chips] == ["“CASE”", "High only"]

    def test_of_one_row_is_singular(self, annas: Client) -> None:
        stage.some_cases(1)

        assert annas.get(LIST).context["list"].summary == "1 case"

    def test_stops_counting_at_a_thousand(self, annas: Client) -> None:
        stage.some_cases(1001)

        assert annas.get(LIST).context["list"].summary == "1,000+ cases"

    def test_shows_only_what_the_actor_may_see(self, annas: Client) -> None:
        stage.some_cases(3)
        elsewhere = stage.a_person("Ella Elsewhere")
        scope = stage.Scope.objects.create(site=stage.a_site("UTR"))
        verb = stage.permission("see_case")
        stage.PersonGrant.objects.create(user=elsewhere, permission=verb, content_object=scope)

        assert numbers(signed_in(elsewhere).get(LIST)) == []
        assert len(numbers(annas.get(LIST))) == 3

    def test_is_the_part_of_itself_that_htmx_asks_for(self, annas: Client) -> None:
        stage.some_cases(3)

        answer = annas.get(f"{LIST}?q=000002&status=&size=", headers=htmx(**{"HX-Target": "results"}))

        assert "<html" not in answer.content.decode()
        assert answer["HX-Push-Url"] == f"{LIST}?q=000002"
        assert 'hx-swap-oob="true"' in answer.content.decode()

    def test_without_rows_says_the_next_useful_thing(self, annas: Client) -> None:
        assert "Oldest closed 2 h ago" in annas.get(LIST).content.decode()

    @pytest.mark.parametrize("query", ["lists=x", "items=x", "keys=1&pop=2", "get=x&urlencode=y", "utm_source=mail"])
    def test_is_not_disturbed_by_parameters_of_others(self, annas: Client, query: str) -> None:
        stage.some_cases(1)

        assert annas.get(f"{LIST}?{query}").status_code == 200

    def test_with_nothing_found_offers_to_drop_the_filter(self, annas: Client) -> None:
        stage.some_cases(1)

        page = annas.get(f"{LIST}?q=nothing-like-it").content.decode()

        assert "Nothing matches" in page
        assert f'href="?view={state.ALL}"' in page


@pytest.mark.django_db
class TestNarrowing:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=000003", [3]),
            ("q=wet+pallets", [4]),
            ("status=open", [1]),
            ("status=open&status=resolved", [4, 1]),
            ("high=1", [3, 1]),
            ("due_from=2026-11-20&due_to=2026-11-20", [5, 4, 3]),
            ("view=all", [5, 4, 3, 2, 1]),
        ],
    )
    def test_keeps_what_matches(self, annas: Client, query: str, found: list[int]) -> None:
        stage.some_cases(5)

        assert [int(number[-6:]) for number in numbers(annas.get(f"{LIST}?{query}"))] == found

    def test_by_a_row_of_another_table(self, annas: Client) -> None:
        stage.some_cases(2)
        utrecht = stage.a_site("UTR")

        assert numbers(annas.get(f"{LIST}?site={utrecht.pk}")) == []

    @pytest.mark.parametrize(
        "query",
        [
            "sort=password",
            "sort=entity__name",
            "sort=--id",
            "status=nonsense",
            "site=abc",
            "site=" + "9" * 40,
            "due_from=2024-13-45",
            "high=yes",
            "size=1000000",
            "columns=secret",
            "after=nonsense",
            "before=W10",
            "q=" + "x" * 201,
            "q=%EF%BF%BD",
            "export=exe",
        ],
    )
    def test_by_nonsense_is_400(self, annas: Client, query: str) -> None:
        assert annas.get(f"{LIST}?{query}").status_code == 400

    def test_by_an_unknown_key_lists_the_permitted_ones_and_no_models(self, annas: Client) -> None:
        page = annas.get(f"{LIST}?sort=site__entity__vat_number").content.decode()

        assert "due_at, id, number, resolved_at, site, stake, status" in page
        assert "Choices are" not in page


@pytest.mark.django_db
class TestPaging:
    @pytest.mark.parametrize(
        "sort", ["-id", "id", "number", "-stake", "due_at", "site", "-site", "resolved_at", "-resolved_at", "status"]
    )
    def test_shows_every_row_once_in_order(self, annas: Client, sort: str) -> None:
        made = stage.some_cases(120)
        Case._base_manager.filter(pk__in=[case.pk for case in made[::3]]).update(resolved_at=stage.AT)

        found = every_page(annas, f"{LIST}?sort={sort}")

        assert sorted(found) == sorted(case.number for case in made)

    @pytest.mark.parametrize("sort", ["-id", "stake", "-resolved_at", "resolved_at"])
    def test_leads_back_the_same_way(self, annas: Client, sort: str) -> None:
        made = stage.some_cases(120)
        Case._base_manager.filter(pk__in=[case.pk for case in made[::3]]).update(resolved_at=stage.AT)
        forth = every_page(annas, f"{LIST}?sort={sort}")
        second = annas.get(f"{LIST}?sort={sort}").context["list"].after_url
        third = annas.get(LIST + second).context["list"].after_url

        back = every_page(annas, LIST + third, "before_url")

        assert back == forth

    def test_keeps_its_place_when_rows_come_in(self, annas: Client) -> None:
        made = stage.some_cases(60)
        first = annas.get(LIST)
        newer = Case._base_manager.get(pk=made[0].pk)
        newer.pk, newer.number, newer.cause, newer._state.adding = None, "CASE-NEWER", "another", True
        newer.save(force_insert=True)

        second = annas.get(LIST + first.context["list"].after_url)

        assert numbers(second) == [case.number for case in reversed(made[:10])]

    @pytest.mark.parametrize(
        "value", ['["a"', '[{"a":1},2]', '["2026-01-01T00:00:00",true]', "[null]", f"[1,{10**30}]", '["NaN",1]']
    )
    def test_refuses_a_forged_place(self, annas: Client, value: str) -> None:
        token = paging.base64.urlsafe_b64encode(value.encode()).decode()

        assert annas.get(f"{LIST}?sort=stake&after={token}").status_code == 400


class TestThePlaceToken:
    @pytest.mark.parametrize(
        ("value", "name"),
        [
            (Decimal("12.500000"), "stake"),
            (datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC), "due_at"),
            ("ä “x”", "number"),
            (None, "resolved_at"),
        ],
    )
    def test_comes_back_as_it_was(self, value: object, name: str) -> None:
        row = SimpleNamespace(pk=7, **{paging.KEY: value})

        assert paging.read(paging.write(row), Case._meta.get_field(name)) == (value, 7)


@pytest.mark.django_db
class TestColumns:
    def test_stand_in_the_order_asked_for(self, annas: Client) -> None:
        stage.some_cases(1)

        answer = annas.get(f"{LIST}?columns=stake&columns=number")

        assert [heading.column.key for heading in answer.context["list"].headings] == ["stake", "number"]

    def test_sorted_by_say_so(self, annas: Client) -> None:
        stage.some_cases(1)

        assert 'aria-sort="descending"' in annas.get(f"{LIST}?sort=-stake").content.decode()

    def test_show_nothing_as_a_dash(self) -> None:
        row = SimpleNamespace(site=None)

        assert "–" in Column("site", "Site", value="site.code").html(row)

    def test_escape_what_they_show(self) -> None:
        row = SimpleNamespace(name="<script>alert(1)</script>", url="javascript:x")

        assert "<script>" not in f"{Column('name', 'Name').html(row)}" or Column("name", "Name").html(row) == row.name

    def test_are_escaped_on_the_page(self, annas: Client) -> None:
        case = stage.some_cases(1)[0]
        Case._base_manager.filter(pk=case.pk).update(summary="<script>alert(1)</script>")

        assert "<script>alert" not in annas.get(LIST).content.decode()


@pytest.mark.django_db
class TestExport:
    def test_is_the_current_view_and_columns(self, annas: Client) -> None:
        stage.some_cases(5)

        answer = annas.get(f"{LIST}?high=1&columns=number,stake&sort=number&export=csv")

        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows == [
            ["Case", "At stake"],
            ["CASE-NL01-2026-000001", "18420.000000"],
            ["CASE-NL01-2026-000003", "18435.540000"],
        ]

    def test_keeps_types_in_excel(self, annas: Client) -> None:
        stage.some_cases(1)

        answer = annas.get(f"{LIST}?columns=number,stake,due_at,status&export=xlsx")

        sheet = load_workbook(io.BytesIO(answer.content)).active
        number, stake, due, status = [cell.value for cell in sheet[2]]
        assert (number, float(stake), status) == ("CASE-NL01-2026-000001", 18420.0, "Open")
        assert due == datetime(2026, 11, 19, 14, 42)

    def test_of_many_rows_is_a_job_that_obeys_the_same_scopes(
        self, annas: Client, anna, monkeypatch, settings, tmp_path
    ) -> None:
        settings.FILE_STORE = tmp_path
        monkeypatch.setattr(exports, "AT_ONCE", 3)
        stage.some_cases(5)

        answer = annas.get(f"{LIST}?columns=number&export=csv")
        job = Job.objects.get()
        jobs.run(jobs.claim())

        job.refresh_from_db()
        assert answer["Location"] == f"/jobs/{job.pk}/"
        assert (job.status, job.done_count, job.percent) == (Job.Status.DONE, 5, 100)
        file = annas.get(f"/files/{job.file_id}/")
        assert b"".join(file.streaming_content).count(b"CASE-NL01") == 5

    def test_of_somebody_who_lost_the_verb_meanwhile_fails(self, annas: Client, anna, monkeypatch) -> None:
        monkeypatch.setattr(exports, "AT_ONCE", 3)
        stage.some_cases(5)
        annas.get(f"{LIST}?export=csv")
        stage.PersonGrant.objects.filter(user=anna).delete()

        with pytest.raises(Exception, match="may not"):
            jobs.run(jobs.claim())

        assert Job.objects.get().status == Job.Status.FAILED


class TestNeutral:
    @pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'"])
    def test_text_is_no_formula_and_comes_back(self, first: str) -> None:
        text = f"{first}HYPERLINK(0)"

        assert exports.neutral(text).startswith("'")
        assert exports.restored(exports.neutral(text)) == text

    def test_a_nul_in_front_hides_no_formula(self) -> None:
        assert exports.neutral("\x00=1+1") == "'=1+1"

    @pytest.mark.parametrize("text", ["", "plain", "a=b", "5 - 3", "O'Neill"])
    def test_other_text_stays(self, text: str) -> None:
        assert exports.neutral(text) == text == exports.restored(text)


@pytest.mark.django_db
class TestSavedViews:
    def save(self, client: Client, **more: str):
        said = {
            "path": LIST,
            "query": "?high=1&sort=due_at&after=x",
            "name": "My high ones",
            "key": "one-key-a",
            **more,
        }
        return client.post("/views/", said)

    def test_are_two_clicks_and_an_address(self, annas: Client) -> None:
        stage.some_cases(3)

        answer = self.save(annas)

        assert answer.status_code == 303
        assert "high=1" in answer["Location"]
        assert "after" not in answer["Location"]
        tab = annas.get(answer["Location"]).context["list"].tabs[-1]
        assert (tab["label"], tab["is_current"]) == ("My high ones", True)

    def test_are_shown_to_others_only_when_shared(self, annas: Client) -> None:
        other = signed_in(stage.a_person("Olga Other", "see_case"))
        self.save(annas)
        assert len(other.get(LIST).context["list"].tabs) == 2

        self.save(annas, is_shared="1")

        assert other.get(LIST).context["list"].tabs[-1]["label"] == "My high ones"

    def test_of_others_cannot_be_dropped(self, annas: Client) -> None:
        self.save(annas, is_shared="1")
        view = SavedView.objects.get()
        other = signed_in(stage.a_person("Olga Other", "see_case"))

        assert other.post(f"/views/{view.pk}/drop/", {"key": "one-key-a"}).status_code == 404
        assert annas.post(f"/views/{view.pk}/drop/", {"key": "one-key-a"}).status_code == 303

    @pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "/nothing/", "stage/cases/"])
    def test_lead_nowhere_else(self, annas: Client, path: str) -> None:
        assert self.save(annas, path=path).status_code == 400


@pytest.mark.django_db
class TestBulk:
    def chosen(self, *cases: Case) -> list[str]:
        return [f"{case.pk}:{case.version}" for case in cases]

    def test_tells_each_ones_fate(self, annas: Client) -> None:
        one, two, three = stage.some_cases(3)
        Case._base_manager.filter(pk=two.pk).update(version=5)

        answer = annas.post("/stage/cases/note/", {"key": "bulk-key-1", "chosen": self.chosen(one, two, three)})

        assert [outcome.row.number for outcome in answer.context["done"]] == [one.number, three.number]
        (refused,) = answer.context["refused"]
        assert (refused.row.number, refused.problem.code) == (two.number, "stale")

    def test_sent_twice_has_one_effect(self, annas: Client) -> None:
        cases = stage.some_cases(2)
        for _ in range(2):
            answer = annas.post("/stage/cases/note/", {"key": "bulk-key-1", "chosen": self.chosen(*cases)})

        assert len(answer.context["done"]) == 2
        assert set(Case._base_manager.values_list("version", flat=True)) == {2}

    def test_takes_all_that_match(self, annas: Client) -> None:
        stage.some_cases(5)

        answer = annas.post("/stage/cases/note/", {"key": "bulk-key-1", "every": "1", "query": "?high=1"})

        assert len(answer.context["done"]) == 2

    def test_ignores_rows_out_of_scope(self, stranger) -> None:
        (case,) = stage.some_cases(1)
        scope = stage.Scope.objects.create(site=stage.a_site("UTR"))
        grant = {"user": stranger, "permission": stage.permission("work_case"), "content_object": scope}
        stage.PersonGrant.objects.create(**grant)

        answer = signed_in(stranger).post("/stage/cases/note/", {"key": "bulk-key-1", "chosen": self.chosen(case)})

        assert answer.context["done"] == []
        assert Case._base_manager.get().root_cause == ""

    @pytest.mark.parametrize("chosen", [[], ["x:1"], ["1:x"], [f"{10**30}:1"], ["1"], [f"{n}:1" for n in range(501)]])
    def test_of_nonsense_is_400(self, annas: Client, chosen: list[str]) -> None:
        assert annas.post("/stage/cases/note/", {"key": "bulk-key-1", "chosen": chosen}).status_code == 400


class TestTheAddress:
    def test_without_parameters_is_the_first_view(self) -> None:
        listing = stage.lists.List(
            "x", columns=stage.CASES.columns, filters=stage.CASES.filters, views=stage.CASES.views[1:]
        )

        assert state.read(listing, QueryDict("")).values == {"high": True}
        assert state.read(listing, QueryDict("view=all")).values == {}

    def test_changed_begins_at_the_first_page(self) -> None:
        here = state.read(stage.CASES, QueryDict("high=1&after=abc"))

        assert here.url(sort="number") == "?high=1&sort=number"


@pytest.mark.django_db
class TestTotals:
    def test_add_up_what_is_on_the_one_page(self, annas: Client) -> None:
        stage.some_cases(3)

        totals = annas.get(f"{LIST}?view=all").context["list"].totals

        assert totals["label"] == "Total"
        assert "55,283.31" in "".join(str(cell) for _column, cell, _css in totals["cells"])

    def test_of_several_pages_add_up_all_of_them_by_currency(self, annas: Client) -> None:
        stage.some_cases(60)
        Case.objects.everywhere(because="a test").filter(number__endswith="01").update(currency="GBP", stake=7)

        totals = annas.get(f"{LIST}?view=all").context["list"].totals
        said = "".join(str(cell) for _column, cell, _css in totals["cells"])

        assert totals["label"] == "Total of all pages"
        assert "1,100,532.90" in said  # 60 stakes less the first
        assert "GBP</span> 7.00" in said

    def test_of_one_row_say_nothing(self, annas: Client) -> None:
        stage.some_cases(1)

        assert annas.get(f"{LIST}?view=all").context["list"].totals is None
