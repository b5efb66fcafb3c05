"""The thread on the case's page with a browser's eyes: written, answered, agreed."""

from typing import Any

import pytest

from foundation.journal.relay import drain
from suppliers.disputes.models import Dispute
from tests.browser import accept_everywhere
from tests.receiving.steps import TEST, received
from tests.scene import Scene, fresh
from tests.suppliers.disputes.test_disputes import case_of, says

pytestmark = pytest.mark.browser


def test_the_supplier_is_written_to_and_his_proposal_agreed_on(eyes, scene: Scene, order: Any) -> None:
    received(scene, order, 92, damaged=8)
    drain()
    case = case_of("receipt_damaged")
    page = eyes(scene.people["supervisor"], f"/exceptions/{case.number}/")
    page.get_by_label("Message").fill("Eight boxes are crushed.")
    page.get_by_role("button", name="Write to the supplier").click()
    page.get_by_text("The supplier was written to.").wait_for()
    thread = Dispute.objects.everywhere(because=TEST).get()
    says(scene, thread.public_id, does="offers", settlement="no_claim", text="Keep them for half?", seen=1)
    page.reload()
    page.get_by_role("button", name="Agree, and do it").wait_for()
    accept_everywhere(page, "exception-dispute")
    page.get_by_role("button", name="Agree, and do it").click()
    page.get_by_text("It is agreed and done.").wait_for()
    assert fresh(case).resolution == "take_in"
