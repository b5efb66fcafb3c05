"""Exceptions and authority with a browser's eyes: by keyboard and by script, at every width, in both themes."""

import pytest

from foundation.jobs import actions as jobs
from governance import tasks  # noqa: F401  it says how replays are run
from governance.authority import replays
from governance.authority.models import AuthorityMatrix
from tests.browser import accept_everywhere
from tests.governance.authority.conftest import drafted, keepers  # noqa: F401  fixtures
from tests.governance.looking import damaged, short
from tests.governance.scene import approve_by
from tests.scene import NOW, Scene, fresh, requested

pytestmark = pytest.mark.browser


def test_an_exception_is_settled_from_its_page(eyes, scene: Scene) -> None:
    case, other = short(scene), damaged(scene)
    page = eyes(scene.people["buyer"], "/exceptions/?view=open&open=1")

    page.goto(page.url.partition("/exceptions")[0] + f"/exceptions/{case.number}/")
    page.get_by_text("An invoice for them waits until they come.").wait_for()
    accept_everywhere(page, "exception")
    way = page.locator(".ways-out > li", has_text="Wait for the rest")
    way.get_by_label("What was the cause?").fill("Supplier was short of stock")
    way.get_by_role("button", name="Wait for the rest").click()
    page.get_by_text("How it ended").wait_for()
    accept_everywhere(page, "exception-settled")

    assert (fresh(case).status, fresh(other).status) == ("resolved", "open")


def test_a_matrix_is_drafted_looked_at_and_saved(eyes, keepers: Scene) -> None:
    page = eyes(keepers.people["author"], "/authority/")
    page.get_by_role("button", name="Draft the next version").click()
    page.get_by_role("link", name="Edit the rules").click()
    page.get_by_label("Site of row 3").fill("RTM")
    page.get_by_label("Amount from of row 3").fill("5000")
    page.get_by_label("Who is asked of row 3").fill("1 Branch manager (entity, 2 h)")
    page.get_by_role("button", name="Look what it does").click()
    page.get_by_text("What saving would change").wait_for()
    page.get_by_text("ask Branch manager differently").wait_for()
    accept_everywhere(page, "authority-grid")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_text("The draft is saved.").wait_for()

    draft = AuthorityMatrix.objects.get(number=2)
    assert (draft.status, draft.rule_count) == ("draft", 3)


def test_publishing_and_lending(eyes, keepers: Scene, drafted) -> None:
    drafted(note="Looked at every year.")
    page = eyes(keepers.people["publisher"], "/authority/2/publish/")
    accept_everywhere(page, "authority-publish")
    page.get_by_label("I have seen what changes").check()
    page.get_by_role("button", name="Put version 2").click()
    page.get_by_text("The version is in force.").wait_for()

    page.goto(page.url.partition("/authority")[0] + "/delegations/lend/")
    page.get_by_label("Whose authority?").select_option(label="Manager")
    page.get_by_label("Who stands in?").select_option(label="Buyer")
    page.get_by_label("Why? Both read it.").fill("Holiday")
    page.get_by_role("button", name="Lend the authority").click()
    page.get_by_text("The authority is lent.").wait_for()
    accept_everywhere(page, "delegations")


def test_a_draft_is_replayed(eyes, keepers: Scene, drafted) -> None:
    requested(keepers)
    draft = drafted({"document_kind": "requisition", "steps": [approve_by("Branch manager", at="entity", sequence=2)]})
    replays.replay_matrix(matrix=draft, days=90, by=keepers.author, at=NOW)
    page = eyes(keepers.people["author"], "/authority/2/replay/")
    accept_everywhere(page, "authority-replay-waits")
    jobs.run(jobs.claim(), replays.run)
    page.reload()
    page.get_by_text("Who is asked how often").first.wait_for()
    accept_everywhere(page, "authority-replay")
