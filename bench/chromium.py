"""Where Chromium is, and what a browser's hands do that Playwright has no word for."""

import os
import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
MISSING = "No Chromium: set CHROMIUM, or apt-get install chromium-headless-shell"
PASTE = """text => {
    const cells = new DataTransfer();
    cells.setData("text/plain", text);
    const said = { clipboardData: cells, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", said));
}"""
"""For ``page.evaluate``: Ctrl V of a text where the cursor is."""


def where_it_is() -> str | None:
    """The path of its program, said by CHROMIUM or found; None when there is none."""
    return os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
