"""The audit explorer: what happened is found by document and person, and a broken chain is seen."""

import pytest
from django.db import connection

from foundation.journal.models import Entry
from tests.pages import send, signed_in, words
from tests.scene import VERBS, give, person


@pytest.fixture
def auditor(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Auditor", ["see_audit"])
    who = person("auditor")
    give(who, "Auditor")
    return signed_in(who)


def test_entries_are_found_by_document_and_by_person(order, auditor):
    assert "Order issued" in words(auditor.get(f"/audit/?q={order.number}"))
    assert "Order issued" not in words(auditor.get(f"/audit/?q={order.number}&who=manager"))
    assert "Order issued" in words(auditor.get(f"/audit/?q={order.number}&who=buyer"))


class TestCheck:
    def checked(self, auditor, order):
        entry = Entry.objects.filter(subject=order.subject).latest("id")
        answer = send(auditor, f"/audit/{entry.pk}/check/")
        return words(auditor.get(answer["Location"]))

    def test_a_chain_that_holds(self, order, auditor):
        assert "every entry is as it was written" in self.checked(auditor, order)

    def test_a_chain_that_somebody_rewrote(self, order, auditor):
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("alter table foundation_entry disable trigger user")
            cursor.execute("update foundation_entry set at = at - interval '1 day' where subject = %s", [order.subject])
        assert "The chain is broken at" in self.checked(auditor, order)


def test_whoever_may_not_read_it_does_not(scene):
    assert signed_in(scene.people["buyer"]).get("/audit/").status_code == 403
