"""The replay on the screen: start, progress, figures, documents, and what publishing says."""

import pytest

from foundation.jobs import actions as jobs
from governance import tasks  # noqa: F401  it says how replays are run
from governance.approvals.models import ApprovalRequest
from governance.authority import replays
from governance.authority.models import AuthorityMatrix, MatrixReplay
from tests.governance.authority.test_views import active, verb
from tests.governance.scene import Company, approve_by
from tests.pages import words
from tests.proofs import proven
from tests.scene import NOW, Scene, key


@pytest.fixture
def asked(company: Company, scene: Scene) -> ApprovalRequest:
    """A question of nine hundred, lately, by the version in force."""
    routed = company.routed(company.requisition())
    return ApprovalRequest.objects.create(
        about="procurement.requisition:1",
        about_version=1,
        kind="requisition",
        title="REQ-1 Bolts",
        url="/requests/REQ-1/",
        matrix=active(),
        facts=routed.facts,
        entity=company.entity,
        site=company.site,
        amount=900,
        currency="EUR",
        asked_at=NOW,
    )


def run_it() -> None:
    job = jobs.claim()
    assert job is not None
    jobs.run(job, replays.run)


class TestReplay:
    def test_from_start_to_the_document_in_two_clicks(self, keepers, asked, as_, drafted) -> None:
        drafted(
            {"document_kind": "requisition", "amount_from": 500, "steps": [approve_by("Branch manager", sequence=2)]}
        )
        start = as_("author").post("/authority/2/replay/start/", {"days": 90, "key": key()})
        waiting = words(as_("author").get("/authority/2/replay/"))
        run_it()

        page = as_("author").get("/authority/2/replay/")

        assert (start.status_code, start["Location"]) == (303, "/authority/2/replay/")
        assert "Waiting" in waiting
        assert "1 document of 90 days" in words(page)
        assert "Other route 1" in words(page)
        assert '<a href="/requests/REQ-1/">REQ-1 Bolts</a>' in page.content.decode()
        assert "REQ-1" in words(as_("author").get("/authority/2/replay/?fate=different"))

    def test_publishing_says_what_is_missing_and_then_shows_the_figures(self, keepers, asked, as_, drafted) -> None:
        draft = drafted()
        before = words(as_("publisher").get("/authority/2/publish/"))
        refused = proven(as_("publisher")).post("/authority/2/publish/", verb(draft, seen_all="on"))
        as_("publisher").post("/authority/2/replay/start/", {"days": 90, "key": key()})
        run_it()
        after = words(as_("publisher").get("/authority/2/publish/"))
        done = proven(as_("publisher")).post("/authority/2/publish/", verb(draft, seen_all="on"))

        assert "Replay these very rules" in before
        assert refused.status_code == 409
        assert "1 document of 90 days" in after
        assert done.status_code == 303

    def test_a_reader_sees_figures_and_no_documents(self, keepers, asked, as_, drafted) -> None:
        drafted(
            {"document_kind": "requisition", "amount_from": 500, "steps": [approve_by("Branch manager", sequence=2)]}
        )
        as_("author").post("/authority/2/replay/start/", {"days": 90, "key": key()})
        run_it()

        page = words(as_("reader").get("/authority/2/replay/"))

        assert "1 document of 90 days" in page
        assert "REQ-1" not in page
        assert as_("reader").post("/authority/2/replay/start/", {"days": 90, "key": key()}).status_code == 403

    def test_says_when_it_is_stale_and_refuses_odd_periods(self, keepers, asked, as_, drafted) -> None:
        draft = drafted()
        as_("author").post("/authority/2/replay/start/", {"days": 90, "key": key()})
        run_it()
        assert "changed since this replay" not in words(as_("author").get("/authority/2/replay/"))

        AuthorityMatrix.objects.filter(pk=draft.pk).update(chain_head="0" * 64)

        assert "changed since this replay" in words(as_("author").get("/authority/2/replay/"))
        assert as_("author").post("/authority/2/replay/start/", {"days": "x", "key": key()}).status_code == 409
        assert MatrixReplay.objects.count() == 1

    def test_costs_few_queries(self, keepers, asked, as_, drafted, django_assert_max_num_queries) -> None:
        drafted()
        client = as_("author")
        client.post("/authority/2/replay/start/", {"days": 90, "key": key()})
        run_it()
        client.get("/authority/2/replay/")

        with django_assert_max_num_queries(14):
            client.get("/authority/2/replay/")
