"""Documents are asked for, sent, reviewed and told of before they end; some of them stop orders."""

import datetime as dt

import pytest

from foundation.files import actions as files
from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from governance.cases.models import Case
from organization.notifications.models import Mail
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from suppliers.documents import actions as documents
from suppliers.documents import queries
from suppliers.documents.models import SupplierDocument
from tests.scene import NOW, SETUP, TODAY, approve, fresh, key, requested
from tests.suppliers.staff import appointed, with_contact

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
YEAR = TODAY + dt.timedelta(days=365)


@pytest.fixture
def reviewer():
    return appointed("reviewer", "review_document", "edit_supplier", "see_supplier")


def asked(by, code="ISO", **more):
    values = {"name": f"{code} certificate", "effect": "stop", "expires": True, **more}
    return documents.ask_for(code=code, values=values, by=by, at=NOW, key=key())


def sent(scene, kind, *, until=YEAR, by=None):
    file = files.keep(content=PDF, name="iso.pdf", about="", by=SETUP, at=NOW)
    by = by or scene.supplier_actor
    return documents.send(supplier=scene.supplier, type=kind, file=file, valid_until=until, by=by, at=NOW, key=key())


def accepted(document, by):
    return documents.accept(document=document, by=by, at=NOW, seen=document.version, key=key())


def issue(scene):
    request = requested(scene)
    approve(scene, request)
    taken = [Taken(line.pk) for line in request.lines.all()]
    order = orders.draft(supplier=scene.supplier, site=scene.site, taken=taken, by=scene.buyer, at=NOW, key=key())
    return orders.issue(order=order, by=scene.buyer, at=NOW, seen=order.version, key=key())


class TestAsked:
    def standings(self, scene):
        return {one.type.code: one.standing for one in queries.asked_of(fresh(scene.supplier), on=TODAY)}

    def test_of_whom_it_concerns(self, scene, reviewer):
        asked(reviewer, "ALL")
        asked(reviewer, "FAS", category=scene.category)
        asked(reviewer, "ENT", entity=scene.entity)
        asked(reviewer, "HIGH", risk_from="high")
        asked(reviewer, "GONE", is_asked=False)
        assert self.standings(scene) == {"ALL": "missing", "FAS": "missing"}

    def test_in_review_then_valid(self, scene, reviewer):
        document = sent(scene, asked(reviewer))
        assert self.standings(scene) == {"ISO": "in_review"}
        accepted(document, reviewer)
        assert self.standings(scene) == {"ISO": "valid"}


class TestSend:
    def test_needs_an_end_that_lies_ahead(self, scene, reviewer):
        kind = asked(reviewer)
        with pytest.raises(Refused, match="Say until when"):
            sent(scene, kind, until=None)
        with pytest.raises(Refused, match="has run out already"):
            sent(scene, kind, until=TODAY - dt.timedelta(days=1))

    def test_replaces_and_never_overwrites(self, scene, reviewer):
        kind = asked(reviewer)
        first = accepted(sent(scene, kind), reviewer)
        unread = sent(scene, kind)
        newest = sent(scene, kind)
        assert [fresh(one).status for one in (first, unread, newest)] == ["accepted", "replaced", "sent"]
        accepted(newest, reviewer)
        assert (fresh(first).status, SupplierDocument.objects.count()) == ("replaced", 3)


class TestReview:
    def test_is_not_for_who_sent_it(self, scene, reviewer):
        with pytest.raises(Refused, match="somebody else reviews it"):
            accepted(sent(scene, asked(reviewer), by=reviewer), reviewer)

    def test_a_refusal_is_read_by_the_supplier(self, scene, reviewer):
        with_contact(scene.supplier, NOW)
        document = sent(scene, asked(reviewer))
        how = {"by": reviewer, "at": NOW, "seen": document.version}
        with pytest.raises(Refused, match="Say why"):
            documents.refuse(document=document, reason="", **how, key=key())
        documents.refuse(document=document, reason="Page 2 is missing", **how, key=key())
        drain()
        assert "Page 2 is missing" in Mail.objects.get(to="old@nordfast.example").text


class TestOrders:
    def test_are_stopped_by_what_is_missing(self, scene, reviewer):
        asked(reviewer)
        with pytest.raises(Refused, match="“ISO certificate” is missing"):
            issue(scene)

    def test_go_out_when_it_is_here_or_only_warned_of(self, scene, reviewer):
        accepted(sent(scene, asked(reviewer)), reviewer)
        asked(reviewer, "WARN", effect="warn")
        assert issue(scene).status == "issued"

    def test_without_the_guard_they_would_go_out(self, scene, reviewer, monkeypatch):
        asked(reviewer)
        monkeypatch.setattr("suppliers.documents.queries.why_not_order", lambda *_, **__: [])
        assert issue(scene).status == "issued"


class TestEnd:
    def test_is_told_and_owned_and_settled_by_the_next_one(self, scene, reviewer):
        with_contact(scene.supplier, NOW)
        document = accepted(sent(scene, kind := asked(reviewer)), reviewer)
        for left, mails in ((90, 1), (30, 2), (0, 3)):
            on = YEAR - dt.timedelta(days=left)
            assert [one.pk for one in queries.running_out(on)] == [document.pk]
            documents.tell_end(document=document, on=on, by=SETUP, at=NOW, key=key())
            with pytest.raises(Refused):
                documents.tell_end(document=document, on=on, by=SETUP, at=NOW, key=key())
            drain()
            assert Mail.objects.filter(thread__startswith="documents:").count() == mails
        case = Case._base_manager.get(kind="supplier_document")
        assert (case.status, case.about_url) == ("open", "/suppliers/S-100/documents/")
        accepted(sent(scene, kind, until=YEAR + dt.timedelta(days=365)), reviewer)
        assert fresh(case).status == "auto_resolved"
