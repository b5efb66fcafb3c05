"""The supplier's scorecard in the portal: its own figures, what they count, and an objection to one case."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.journal.relay import drain
from tests.pages import words
from tests.portal.roles import connected
from tests.portal.world import MARKS

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")


def case_of(place, side):
    asked = "SELECT public_id FROM suppliers_scorecase WHERE supplier_id = %s AND measure = 'on_time' ORDER BY id"
    return place.sql(asked, side.supplier.pk)[0][0]


def test_it_is_read_and_one_case_is_contested(place, world, own):
    with CaptureQueriesContext(connection) as asked:
        page = words(own.get("/scorecard/"))
    assert len(asked) <= 16, "figures in five, the rest is session and person"
    assert "0 of 9 order lines" in page
    assert "Too few orders (3) to score." in page
    assert MARKS["foreign"] not in page

    assert "0 of 10 had arrived in time" in words(own.get("/scorecard/on_time/"))
    mine, theirs = case_of(place, world.own), case_of(place, world.foreign)
    assert own.get(f"/scorecard/cases/{theirs}/contest/").status_code == 404
    assert "Why should it not count?" in words(own.get(f"/scorecard/cases/{mine}/contest/"))
    assert own.post(f"/scorecard/cases/{mine}/contest/", {"key": uuid.uuid4().hex, "reason": ""}).status_code == 422

    sent = own.post(f"/scorecard/cases/{mine}/contest/", {"key": uuid.uuid4().hex, "reason": "You were closed."})

    assert sent.status_code == 303
    with connected("app", place.name):
        drain()
    assert "We look into it" in words(own.get(sent["Location"]))
    assert "It is contested already" in words(own.get(f"/scorecard/cases/{mine}/contest/"))
