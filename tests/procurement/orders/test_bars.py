"""Bar 26 in a browser: whatever a buyer presses, the supplier gets one mail for it and person, in one thread."""

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest
import time_machine
from playwright.sync_api import Page, expect

from foundation.journal.relay import drain
from organization.notifications.models import Mail
from tests.browser import accept_everywhere
from tests.procurement.orders.stories import drafted
from tests.scene import NOW, Scene, fresh

pytestmark = pytest.mark.browser
Eyes = Callable[..., Page]
LATER = NOW + dt.timedelta(days=4)


def mails(order: object) -> list[Mail]:
    drain()
    drain()  # what was delivered already tells nobody again
    return list(Mail.objects.filter(thread=f"order:{fresh(order).public_id}").order_by("pk"))


def test_one_mail_for_a_thing_and_a_person(eyes: Eyes, scene: Scene) -> None:
    order, other = drafted(scene), drafted(scene)
    page = eyes(scene.people["buyer"], "/orders/?view=to-send")
    page.get_by_label("Choose all rows of this page").check()
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page.get_by_text("2 would be done")).to_be_visible()
    page.get_by_role("button", name="Issue to the suppliers").dblclick()
    expect(page.get_by_role("heading", name="Issue orders")).to_be_visible()

    assert [len(mails(one)) for one in (order, other)] == [1, 1]
    with time_machine.travel(LATER):
        page = eyes(scene.people["buyer"], f"/orders/{order.number}/")
        page.get_by_role("button", name="Remind the supplier").click()
        expect(page.get_by_text("The supplier is being reminded.")).to_be_visible()
        told = mails(order)

    assert len({mail.thread for mail in told}) == 1
    assert set(Counter((mail.to, mail.subject) for mail in told).values()) == {1}
    assert [mail.subject for mail in told][1] == f"Order {order.number}: your answer is late"


def test_merging_is_seen_before_it_is_done(eyes: Eyes, scene: Scene) -> None:
    kept, emptied = drafted(scene, items=2), drafted(scene)
    page = eyes(scene.people["buyer"], "/orders/?view=to-send")
    page.get_by_label("Choose all rows of this page").check()
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_text("1 order would stay of these.")).to_be_visible()
    accept_everywhere(page, "orders-merge")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_role("link", name=kept.number)).to_be_visible()
    assert (fresh(kept).line_count, fresh(emptied).status) == (3, "cancelled")
