from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone

from foundation.screens import directory, naming
from governance.cases.models import Case
from tests.foundation.screens import stage


def written(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def words(html: str) -> str:
    """The text of some HTML."""
    from django.utils.html import strip_tags

    return strip_tags(html)


class TestMoney:
    @pytest.mark.parametrize(
        ("amount", "currency", "text"),
        [
            ("18420", "EUR", "EUR 18,420.00"),
            ("18420", "JPY", "JPY 18,420"),
            ("1.5", "KWD", "KWD 1.500"),
            ("2.0451", "EUR", "EUR 2.05"),
            ("1079.9880426192", "EUR", "EUR 1,079.99"),
            ("-3", "EUR", "EUR -3.00"),
            ("0.000000", "", "0.00"),
        ],
    )
    def test_has_the_decimals_of_its_currency(self, amount: str, currency: str, text: str) -> None:
        assert words(written("{% money a c %}", a=Decimal(amount), c=currency)) == text

    def test_that_is_missing_is_a_dash(self) -> None:
        assert words(written("{% money a 'EUR' %}", a=None)) == "–"
        assert words(written("{% price a 'EUR' %}", a=None)) == "–"

    def test_of_one_unit_keeps_every_decimal_that_was_agreed(self) -> None:
        assert words(written("{% price a 'EUR' %}", a=Decimal("2.0451"))) == "EUR 2.0451"
        assert words(written("{% price a 'EUR' %}", a=Decimal("18"))) == "EUR 18.00"


class TestQuantity:
    def test_has_its_unit_and_no_idle_zeros(self) -> None:
        assert words(written("{% quantity q 'EA' %}", q=Decimal("1200.500000"))) == "1,200.5 EA"


class TestDays:
    def test_are_the_same_for_every_viewer(self) -> None:
        for zone in ("Pacific/Auckland", "America/Los_Angeles"):
            with timezone.override(zone):
                assert words(written("{% day d %}", d=date(2026, 12, 4))) == "4 Dec 2026"


class TestInstants:
    at = datetime(2026, 12, 4, 11, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("zone", "text"), [("Pacific/Auckland", "5 Dec 2026, 00:30"), ("Europe/Amsterdam", "4 Dec 2026, 12:30")]
    )
    def test_are_shown_in_the_viewers_zone(self, zone: str, text: str) -> None:
        with timezone.override(zone):
            assert words(written("{% instant at %}", at=self.at)) == text

    def test_carry_the_exact_one(self) -> None:
        assert 'datetime="2026-12-04T11:30:00+00:00"' in written("{% instant at %}", at=self.at)


class TestWhyNot:
    def test_says_the_objection_and_moves_nothing(self) -> None:
        case = Case(status="open")

        assert written("{% why_not case.work as hint %}[{{ hint }}]", case=case) == "[]"
        assert "Not possible while open" in written("{% why_not case.close %}", case=case)
        assert case.status == "open"

    def test_the_plain_way_says_nothing_and_moves_nothing(self) -> None:
        case = Case(status="open")

        assert written("{% if case.work %}{% endif %}{{ case.work }}", case=case) == ""
        assert case.status == "open"


class TestVerbFields:
    def test_carry_the_version_and_a_new_key_each_time(self) -> None:
        case = Case(pk=7, version=3)

        one, two = (written("{% verb_fields case %}", case=case) for _ in range(2))

        assert 'name="seen" value="3" data-of="governance.case:7"' in one
        assert one != two


class TestField:
    def test_is_named_and_described(self) -> None:
        form = stage.Note({"text": ""})

        html = written("{% errors form %}{% field form.text %}", form=form)

        assert 'for="id_text"' in html
        assert 'aria-describedby="id_text_hint id_text_error"' in html
        assert 'aria-invalid="true"' in html
        assert 'href="#id_text"' in html


@pytest.mark.django_db
class TestActor:
    def test_names_of_a_page_cost_one_query(self, rf, django_assert_num_queries) -> None:
        people = [stage.a_person(name) for name in ("Anna Vos", "Bert <Berg>", "Carla Kok")]
        request = rf.get("/")
        source = "{% for one in people %}{% actor one %}, {% endfor %}{% actor 'system:relay' %}"

        with django_assert_num_queries(1):
            page = Template(source).render(Context({"people": [p.actor for p in people], "request": request}))
            response = naming.fill_in(request, naming.HttpResponse(page))

        assert response.content.decode() == "Anna Vos, Bert &lt;Berg&gt;, Carla Kok, relay"

    def test_text_that_looks_like_a_mark_stays(self, rf) -> None:
        request = rf.get("/")
        page = Template("{% actor 'person:1' %}[x|person:1]").render(Context({"request": request}))

        assert b"[x|person:1]" in naming.fill_in(request, naming.HttpResponse(page)).content

    def test_of_somebody_unknown_is_the_key(self) -> None:
        assert directory.names_of(["person:999999"]) == {"person:999999": "999999"}
