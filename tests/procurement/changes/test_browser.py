"""Bar 53: a change of 3 lines in 200. What changes stands first, its effect above it, one click accepts it."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from foundation.journal.relay import drain
from procurement.changes.models import ChangeRequest
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from procurement.requisitions import actions as requisitions
from procurement.requisitions.actions import Wanted
from tests.browser import accept_everywhere
from tests.procurement.orders.stories import answered
from tests.scene import NOW, TODAY, Scene, approve, fresh, key

pytestmark = pytest.mark.browser
LINES = 200


def long_order(scene: Scene) -> Any:
    need_by = TODAY + dt.timedelta(days=14)
    wanted = [
        Wanted(item_id=scene.items[n % 3].pk, quantity=Decimal(1 + n // 3), need_by=need_by) for n in range(LINES)
    ]
    said = {"site": scene.site, "title": "All of it", "cost_center_id": scene.cost_center.pk}
    draft = requisitions.raise_(**said, wanted=wanted, by=scene.requester, at=NOW, key=key())
    asked = requisitions.submit(requisition=draft, by=scene.requester, at=NOW, seen=draft.version, key=key())
    while fresh(asked).status == "in_approval":
        approve(scene, asked)
    taken = [Taken(line.pk) for line in asked.lines.all()]
    order = orders.draft(supplier=scene.supplier, site=scene.site, taken=taken, by=scene.buyer, at=NOW, key=key())
    order = orders.issue(order=order, by=scene.buyer, at=NOW, seen=order.version, key=key())
    drain()
    return fresh(order)


def test_three_of_two_hundred_and_one_click(eyes: Callable[..., Page], scene: Scene) -> None:
    order = long_order(scene)
    later = (TODAY + dt.timedelta(days=30)).isoformat()
    answered(scene, order, [{"line": n, **({"on": later} if n in (7, 99, 180) else {})} for n in range(1, LINES + 1)])
    change = ChangeRequest._base_manager.get()

    page = eyes(scene.people["buyer"], f"/changes/{change.number}/")
    rows = page.locator("table.differences tbody tr")
    assert [text.split()[0] for text in rows.all_inner_texts()] == ["7", "99", "180"]
    above = page.get_by_text("16 days later", exact=True)
    assert above.bounding_box()["y"] < rows.first.bounding_box()["y"]  # type: ignore[index]
    assert rows.last.bounding_box()["y"] < 900  # type: ignore[index]  # nothing to scroll on a desk
    accept_everywhere(page, "change-three-of-200")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Accept all of it").click()
    expect(page.get_by_text("Accepted: the next revision stands.")).to_be_visible()
    assert fresh(order).revision == 2
