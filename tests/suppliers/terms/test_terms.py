"""Which agreement counts: the narrower before the wider, field by field; and orders go out by it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.lifecycles import Refused
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from suppliers.suppliers.models import Supplier
from suppliers.terms import actions as terms
from suppliers.terms.queries import terms_of, usual
from suppliers.terms.rules import FIELDS, USUAL, Said, resolve
from tests.scene import NOW, TODAY, approve, branch, fresh, key, ordered, requested

CORE = usual(Supplier(currency="EUR", payment_terms="30 days net", incoterm="DAP"))
DAY = dt.date(2026, 1, 1)


def said(name, entity=None, site=None, path="", starts_on=DAY, **values):
    return Said(name, entity, site, path, starts_on, values, {}, {})


def found(*agreements, entity=1, site=11, paths=("1.2.",)):
    return resolve(CORE, agreements, entity=entity, site=site, paths=paths)


class TestResolve:
    def test_nothing_agreed_is_as_usual(self):
        assert found().payment_terms == "30 days net"
        assert set(found().sources.values()) == {USUAL}

    def test_the_narrower_counts_field_by_field(self):
        wide = said("NL01", entity=1, payment_terms="60 days", incoterm="DDP")
        narrow = said("NL01 · RTM", entity=1, site=11, payment_terms="14 days")
        answer = found(narrow, wide)
        assert (answer.payment_terms, answer.incoterm, answer.currency) == ("14 days", "DDP", "EUR")
        assert answer.sources["payment_terms"] == "NL01 · RTM"

    def test_a_category_counts_only_where_all_goods_lie_below_it(self):
        bolts = said("bolts", path="1.2.", lead_time_days=3)
        assert found(bolts).lead_time_days == 3
        assert found(bolts, paths=("1.2.", "1.3.")).lead_time_days == 14
        assert found(bolts, paths=()).lead_time_days == 14

    def test_of_two_alike_the_later_counts(self):
        older, newer = said("a", days_late=1), said("b", days_late=5, starts_on=dt.date(2026, 2, 1))
        assert found(newer, older).days_late == 5

    def test_zero_is_something_that_was_said(self):
        assert found(said("strict", days_early=0)).days_early == 0

    @given(st.lists(st.tuples(st.sampled_from([None, 1, 2]), st.sampled_from([None, 11, 12]), st.integers(0, 30))))
    def test_what_counts_was_said_for_this_place_or_is_usual(self, rows):
        agreements = [said(str(n), entity, site, days_late=late) for n, (entity, site, late) in enumerate(rows)]
        answer = found(*agreements)
        fits = {late for entity, site, late in rows if entity in (None, 1) and site in (None, 11)}
        assert answer.days_late in (fits or {CORE["days_late"]})


def agree(scene, *, starts_on=TODAY, where=None, **values):
    where = {"entity": scene.entity} if where is None else where
    return terms.agree(
        supplier=scene.supplier, **where, starts_on=starts_on, values=values, by=scene.buyer, at=NOW, key=key()
    )


class TestAgree:
    def test_ends_the_one_before(self, scene):
        first = agree(scene, payment_terms="60 days", starts_on=TODAY - dt.timedelta(days=30))
        agree(scene, payment_terms="45 days")
        assert fresh(first).ends_on == TODAY - dt.timedelta(days=1)

    def test_says_something(self, scene):
        with pytest.raises(Refused, match="at least one thing"):
            agree(scene, payment_terms="")

    def test_not_twice_from_a_day(self, scene):
        agree(scene, payment_terms="60 days")
        with pytest.raises(Refused, match="Another agreement begins on this day"):
            agree(scene, payment_terms="45 days")

    def test_counts_from_its_day_to_its_last(self, scene):
        agree(scene, starts_on=TODAY, where={}, payment_terms="60 days")
        before = terms_of(scene.supplier, entity_id=scene.entity.pk, on=TODAY - dt.timedelta(days=1))
        assert before.payment_terms == "30 days net"
        assert terms_of(scene.supplier, entity_id=scene.entity.pk, on=TODAY).payment_terms == "60 days"


class TestOrders:
    def test_carry_what_was_agreed_for_their_company(self, scene):
        agree(scene, payment_terms="60 days", incoterm="DDP", days_late=9, confirms_within_hours=5)
        agree(scene, where={"category": scene.category}, price_percent=7, deemed_accepted_after_days=3)
        order = ordered(scene)
        assert (order.payment_terms, order.incoterm, order.days_late, order.price_percent) == ("60 days", "DDP", 9, 7)
        assert order.confirm_by == NOW + dt.timedelta(hours=5)
        assert order.deemed_at == NOW + dt.timedelta(days=3)

    def test_keep_it_when_it_changes(self, scene):
        agree(scene, days_late=9)
        request = requested(scene)
        approve(scene, request)
        taken = [Taken(line.pk) for line in request.lines.all()]
        order = orders.draft(supplier=scene.supplier, site=scene.site, taken=taken, by=scene.buyer, at=NOW, key=key())
        order = orders.issue(order=order, by=scene.buyer, at=NOW, seen=order.version, key=key())
        Supplier.objects.filter(pk=scene.supplier.pk).update(days_late=1)
        assert fresh(order).days_late == 9


def test_a_buyer_reads_what_was_agreed_for_the_companies_he_buys_for(scene, client):
    there = branch(scene, "B")
    agree(scene, payment_terms="61 days")
    agree(scene, where={"entity": there.entity}, payment_terms="77 days")
    client.force_login(scene.people["buyer"])

    page = client.get(f"/suppliers/{scene.supplier.number}/agreements/").content.decode()

    assert "61 days" in page
    assert not [told for told in ("77 days", there.entity.code) if told in page]


def test_every_field_has_a_usual_value():
    assert set(CORE) == set(FIELDS)
