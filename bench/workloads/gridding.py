"""Bar 16: a long order in its grid, on a machine four times as slow. From a key to the frame that shows it."""

import statistics
from collections.abc import Iterable

from playwright.sync_api import CDPSession, Page

from bench import server
from bench.hands import browser, hand
from bench.measure import Figure
from bench.workloads import Run, workload
from bench.workloads.walking import COOKIE, LOCAL

BENCH = "grid"
SLOWER = 4
ROUNDS = 6
KEYS = ("7", "5", "Backspace", "ArrowDown", "2", "ArrowDown", "Control+d", "Enter")
"""Typing, deleting, walking, the cell above, the next row: what a hand does in a column."""
WATCH = """() => {
    window.painted = [];
    addEventListener("keydown", (event) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => window.painted.push(performance.now() - event.timeStamp);
        channel.port2.postMessage(null);
    }), { capture: true });
}"""
"""After the frame that follows each key; its time is the one at which the browser was given the key."""
SEEN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
LOADED = """() => {
    const { responseEnd, loadEventEnd } = performance.getEntriesByType("navigation")[0];
    return [responseEnd, loadEventEnd];
}"""
"""When the last byte was here, and when the page stood."""


@workload
def grid(run: Run) -> Iterable[Figure]:
    """1,000 lines of an order that is being changed: opened, then typed into at the top, in the middle and below."""
    order = run.stage.ordered(run.lines)
    port = run.parts.enter_context(server.serving(run.state, **run.environment, **LOCAL))
    made = run.browser or run.parts.enter_context(browser())
    with hand(made, f"http://localhost:{port}", run.stage.person("buy"), cookie=COOKIE) as it:
        slow = it.page.context.new_cdp_session(it.page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        it.open(f"/orders/{order.number}/change/")
        answered, loaded = it.page.evaluate(LOADED)
        fields = it.page.locator("input[name^=quantity_]")
        assert fields.count() == run.lines, f"{fields.count()} of {run.lines} lines are in the grid."
        it.page.evaluate(WATCH)
        rounds = ROUNDS if run.samples > 1 else 1
        everywhere_typed(it.page, run.lines, rounds)
        took = it.page.evaluate("() => window.painted")
        slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        slow.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = worked(slow)
        keys = everywhere_typed(it.page, run.lines, rounds)
        own = (worked(slow) - before) * 1e3 / keys
    assert len(took) >= keys, f"{len(took)} of {keys} keys were painted."
    median = Figure(BENCH, "key_median_ms", round(statistics.median(took), 1), "ms", len(took))
    median.beside = {"cpu": round(own * SLOWER, 1)}
    yield median
    yield Figure(BENCH, "key_worst_ms", round(max(took), 1), "ms", len(took))
    yield Figure(BENCH, "load_ms", round(loaded), "ms", beside={"server": round(answered)})
    yield Figure(BENCH, "lines", run.lines, "")


def worked(session: CDPSession) -> float:
    """Seconds of CPU that the page's own thread has taken: the same however busy the machine is with others."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def everywhere_typed(page: Page, lines: int, rounds: int) -> int:
    """At the top, in the middle and near the end; how many keys that were."""
    places = (1, lines // 2, lines - len(KEYS))
    for place in places:
        typed(page, place, rounds)
    return len(places) * rounds * len(KEYS)


def typed(page: Page, place: int, rounds: int) -> None:
    """Some rounds of keys in the column of quantities; that they arrived is seen in the first cell."""
    for _round in range(rounds):
        field = page.locator("input[name^=quantity_]").nth(place - 1)
        field.focus()
        page.evaluate(SEEN)  # a hand types once it sees where
        for key in KEYS:
            page.keyboard.press(key)
        assert KEYS[0] in field.input_value(), f"Nothing was typed into row {place}."
