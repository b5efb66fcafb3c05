"""What a browser says of itself, in words that its owner knows it by."""

import re

from django.utils.translation import gettext as _

BROWSERS = [
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"HeadlessChrome/|Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
]
"""In this order: each says the names of those after it too."""
SYSTEMS = [
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"CrOS", "ChromeOS"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"Linux", "Linux"),
]


def words(said: str) -> str:
    """``Mozilla/5.0 (Windows NT 10.0...) ... Firefox/140.0`` -> "Firefox, Windows"."""
    found = [name for known in (BROWSERS, SYSTEMS) if (name := _first(known, said))]
    return ", ".join(found) or _("A device that does not say what it is")


def _first(known: list[tuple[str, str]], said: str) -> str:
    return next((name for pattern, name in known if re.search(pattern, said)), "")
