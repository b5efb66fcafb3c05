"""Opening, working on, settling."""

from decimal import Decimal

import pytest

from foundation.door import deciding
from foundation.journal import actions as journal
from governance.cases import actions as cases
from governance.cases import queries
from tests.governance.scene import AT, WORLD, Told, key, names_of


@pytest.fixture
def document(company):
    return company.requisition()


def sighting(company, document, **given):
    about = {
        "kind": "receipt_short",
        "about": document,
        "about_title": document.number,
        "about_url": "/",
        "cause": "line:1",
        "summary": "2 of 10 missing",
        "entity_id": company.entity.pk,
        "site_id": company.site.pk,
        "supplier_id": None,
        "stake": Decimal(40),
        "currency": "EUR",
        "facts": {"missing": Decimal(2)},
        "by": WORLD,
        "at": AT,
        "key": key(),
    }
    return cases.open_(**(about | given))


class TestOpen:
    def test_gives_the_case_a_number_an_owner_and_a_deadline(self, company, document):
        buyer = company.fill("Buyer", "Ben Buyer")

        case = sighting(company, document)

        assert case.number.startswith(f"CASE-{company.entity.code}-2026-")
        assert (case.owner, case.facts, case.due_at > AT) == (buyer, {"missing": "2"}, True)

    def test_counts_a_second_sighting_instead_of_opening_another(self, company, document):
        first = sighting(company, document)

        again = sighting(company, document, summary="3 of 10 missing", severity="high")

        assert (again.pk, again.sightings, again.summary, again.severity) == (first.pk, 2, "3 of 10 missing", "high")

    def test_opens_inside_the_door_of_the_document(self, company, document):
        with deciding(document, by=WORLD, key=key()) as document:
            case = sighting(company, document)
            journal.record(Told(subject=document.subject), at=AT)

        assert queries.open_cases_about(document) == [case]


class TestAutoResolve:
    def test_is_no_error_when_nothing_is_open(self, company, document):
        gone = cases.auto_resolve(kind="x", about=document.subject, cause="y", by=WORLD, at=AT, key=key())

        assert gone is None

    def test_settles_what_is_open(self, company, document):
        case = sighting(company, document)

        cases.auto_resolve(kind=case.kind, about=case.about, cause=case.cause, by=WORLD, at=AT, key=key())

        assert queries.open_cases_about(document) == []
        assert names_of(case.subject) == ["CaseOpened", "CaseSolvedItself"]
