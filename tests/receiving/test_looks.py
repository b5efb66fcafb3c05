"""What a receiver and a supervisor see, with a browser's eyes."""

from decimal import Decimal
from typing import Any

import pytest

from foundation.journal.relay import drain
from receiving.receipts import actions as receipts
from tests.browser import accept, overflow
from tests.receiving import steps
from tests.receiving.notices.test_actions import pallets, truck
from tests.receiving.test_screens import announced
from tests.scene import NOW, Scene, key, ordered

SMALL_AT_THE_DOCK = """() => [...document.querySelectorAll('main :is(a, button, input:not([type=hidden]), select, summary)')]
    .map((one) => one.closest('label') ?? one)
    .filter((one) => one.checkVisibility() && !one.closest('.vh') && one.getBoundingClientRect().width > 1)
    .filter((one) => one.getBoundingClientRect().height < 56).map((one) => one.outerHTML.slice(0, 120))"""

pytestmark = pytest.mark.browser


@pytest.fixture
def goods(scene: Scene, order: Any) -> dict[str, str]:
    receipt = steps.count(scene, steps.started(scene, order), 1, 115, damaged=7, note="Packaging open")
    receipts.add_line(receipt=receipt, item=scene.items[2], accepted=Decimal(5), by=scene.receiver, at=NOW, key=key())
    posted = steps.post(scene, receipt)
    notice = announced(scene, ordered(scene), 120)
    counting = steps.count(scene, steps.started(scene, ordered(scene, items=4)), 1, 100, damaged=2)
    packed = truck(scene, ordered(scene), *pallets(60, 40), sscc_prefix="8712345", reference="DN-9")
    loaded = steps.started(scene, notice=packed)
    drain()
    return {
        **{"posted": posted.number, "notice": notice.number, "open": counting.number, "sku": scene.items[0].sku},
        **{"loaded": loaded.number, "sscc": packed.units.get(number=1).sscc},
    }


DOCK = {
    "truck": "/receiving/truck/",
    "count": "/receipts/{open}/",
    "line": "/receipts/{open}/?line=2",
    "pallet": "/receipts/{loaded}/?code={sscc}",
    "pack": "/receipts/{open}/?code=BOLT-6",
    "unknown": "/receipts/{open}/?code=4006381333931",
    "add": "/receipts/{open}/add/",
    "post": "/receipts/{open}/post/",
}


def test_the_dock_fits_a_gun_and_a_glove(scene: Scene, eyes, goods):
    for name, address in DOCK.items():
        page = eyes(scene.people["receiver"], address.format(**goods), width=360, theme="light")
        page.set_viewport_size({"width": 360, "height": 640})
        accept(page, f"dock-{name}-360")
        assert not overflow(page)
        assert not page.evaluate(SMALL_AT_THE_DOCK), name
        page.context.close()


def test_the_scan_field_is_armed(scene: Scene, eyes, goods):
    page = eyes(scene.people["receiver"], DOCK["count"].format(**goods), width=360, script=False)

    page.locator("#code:focus").wait_for()
    page.keyboard.type("BOLT-8")
    page.keyboard.press("Enter")

    page.wait_for_url("**code=BOLT-8")
    assert page.get_by_role("heading", name="Hex bolt M8").is_visible()
