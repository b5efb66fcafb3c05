from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.timezone import now

from foundation import search
from foundation.screens import areas, work
from foundation.screens.areas import Area
from foundation.screens.work import Figure, Tab, WorkRow
from foundation.search import registry
from foundation.search.registry import Finder, Hit
from organization.notifications import actions as notifications
from tests.foundation.screens import stage
from tests.foundation.screens.conftest import htmx, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(areas, "_areas", {"work": areas._areas["work"]})
    monkeypatch.setattr(work, "_tabs", {})
    monkeypatch.setattr(work, "_figures", {})
    monkeypatch.setattr(registry, "_finders", {})


def some_work(count: int, **more: object) -> list[WorkRow]:
    due = now() + timedelta(hours=4, minutes=10, seconds=30)
    plain = {"kind": "Case", "icon": "octagon-alert", "why": "price 4.2 % above contract", "due_at": due, **more}
    return [WorkRow(identity=f"CASE-{n}", url=f"/stage/cases/CASE-{n}/", **plain) for n in range(count)]


def a_tab(key: str, verb: str, count: int, order: int = 50) -> None:
    work.register(
        Tab(key, key.title(), verb, rows=lambda _a, n: some_work(count)[:n], count=lambda _a: count, order=order)
    )


class TestAreas:
    def test_show_only_what_the_person_may_see(self, annas: Client, stranger) -> None:
        areas.register(Area("cases", "Exceptions", "stage:cases", verb="see_case", order=60))

        assert "Exceptions" in annas.get("/").content.decode()
        assert "Exceptions" not in signed_in(stranger).get("/").content.decode()

    def test_say_where_one_is(self, anna) -> None:
        areas.register(Area("cases", "Exceptions", "stage:cases", verb="see_case", order=60))

        shown = areas.areas_for(anna.actor, "/stage/cases/CASE-1/")

        assert [(entry["area"].key, entry["is_current"]) for entry in shown] == [("work", False), ("cases", True)]

    def test_of_the_other_process_are_left_out(self, anna) -> None:
        areas.register(Area("portal", "Portal", "portal:orders"))

        assert [entry["area"].key for entry in areas.areas_for(anna.actor)] == ["work"]


class TestWork:
    def test_begins_with_the_first_tab_that_has_any(self, annas: Client) -> None:
        a_tab("calm", "see_case", 0, order=1)
        a_tab("busy", "see_case", 3, order=2)

        page = annas.get("/").content.decode()

        assert '<a href="?tab=busy" aria-current="page"' in page
        assert "price 4.2 % above contract" in page
        assert "in 4 h 10 min" in page

    def test_shows_only_tabs_of_ones_verbs(self, annas: Client) -> None:
        a_tab("matrices", "publish_matrix", 3)

        assert annas.get("/?tab=matrices").status_code == 404

    def test_goes_on_when_one_source_fails(self, annas: Client, caplog: pytest.LogCaptureFixture) -> None:
        work.register(Tab("broken", "Broken", "see_case", rows=lambda *_: [], count=lambda _a: 1 // 0, order=1))
        a_tab("busy", "see_case", 2, order=2)

        page = annas.get("/").content.decode()

        assert "not reached" in page
        assert "price 4.2 % above contract" in page
        assert "cannot be counted" in caplog.text

    def test_says_that_all_is_clear(self, annas: Client) -> None:
        a_tab("calm", "see_case", 0)

        assert "All clear" in annas.get("/").content.decode()

    def test_tells_somebody_without_a_role_whom_to_ask(self, stranger) -> None:
        assert "no role yet" in signed_in(stranger).get("/").content.decode()

    def test_refreshes_its_part_alone(self, annas: Client) -> None:
        a_tab("busy", "see_case", 1)

        assert "<html" not in annas.get("/", headers=htmx(**{"HX-Target": "work"})).content.decode()

    def test_shows_figures_that_lead_to_their_cases(self, annas: Client) -> None:
        work.register_figure(Figure("late", "Late", "see_case", lambda _a: "7", "/stage/cases/?late=1"))

        assert '<a href="/stage/cases/?late=1">Late</a></dt><dd>7</dd>' in annas.get("/").content.decode()


class TestSearch:
    @pytest.fixture(autouse=True)
    def _finders(self) -> None:
        hits = [Hit("PO-1", "Nordfast", "/orders/PO-1/"), Hit("PO-12", "Hansa", "/orders/PO-12/")]
        find = lambda text, _actor, limit: [hit for hit in hits if text.lower() in hit.number.lower()][:limit]  # noqa: E731
        search.register(Finder("order", "Orders", "see_case", find, prefix="po"))
        search.register(Finder("secret", "Secrets", "publish_matrix", lambda *_: [Hit("PO-1", "Secret", "/x/")]))

    def test_an_exact_number_opens_at_once(self, annas: Client) -> None:
        assert annas.get("/search/?q=po-1")["Location"] == "/orders/PO-1/"

    def test_a_part_of_one_is_a_choice(self, annas: Client) -> None:
        page = annas.get("/search/?q=PO-").content.decode()

        assert "Nordfast" in page
        assert "Hansa" in page

    def test_never_shows_what_one_may_not_see(self, annas: Client) -> None:
        assert "Secret" not in annas.get("/search/?q=PO-&list").content.decode()

    def test_a_prefix_asks_one_kind(self, annas: Client, anna) -> None:
        assert [group.label for group in search.search("po: PO-12", anna.actor)] == ["Orders"]

    def test_gives_the_palette_its_hits(self, annas: Client) -> None:
        page = annas.get("/search/?q=PO-", headers=htmx(**{"HX-Target": "palette-hits"})).content.decode()

        assert "<html" not in page
        assert "/orders/PO-12/" in page

    def test_of_nonsense_is_400(self, annas: Client) -> None:
        assert annas.get("/search/?q=%00").status_code == 400


class TestBell:
    def test_counts_what_was_not_read_without_a_query_of_its_own(
        self, annas: Client, anna, django_assert_num_queries
    ) -> None:
        for number in range(3):
            notifications.tell(
                person=anna,
                kind="x",
                subject="y",
                text=f"Case {number}",
                url="/stage/cases/",
                key=f"k{number}",
                at=stage.AT,
            )

        with django_assert_num_queries(2):
            page = annas.get("/").content.decode()

        assert '<span class="bell-count">3</span>' in page


class TestHelp:
    def test_is_a_page_and_a_drawer(self, annas: Client) -> None:
        assert "<html" in annas.get("/help/keys/").content.decode()
        assert "<html" not in annas.get("/help/keys/", headers=htmx()).content.decode()

    @pytest.mark.parametrize("topic", ["nothing", "page", "..%2Fbase"])
    def test_of_something_else_is_404(self, annas: Client, topic: str) -> None:
        assert annas.get(f"/help/{topic}/").status_code == 404


def test_a_row_without_money_shows_its_quantity(annas: Client) -> None:
    rows = some_work(1, quantity=Decimal("12.5"), unit="EA")
    work.register(Tab("busy", "Busy", "see_case", rows=lambda *_: rows, count=lambda _a: 1))

    assert "12.5" in annas.get("/").content.decode()
