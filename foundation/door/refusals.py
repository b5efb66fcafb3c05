"""Why the door stays shut, apart from what rules and rights say."""

from typing import Any

from django.utils.translation import gettext as _


class Stale(Exception):
    """Somebody changed the document after the person looked. ``difference`` says what, entry by entry."""

    def __init__(self, *, subject: str, seen: int, now: int, difference: list[dict[str, Any]]) -> None:
        self.subject, self.seen, self.now, self.difference = subject, seen, now, difference
        super().__init__(_("This was changed after you opened it."))


class Busy(Exception):
    """Others hold the document; trying again shortly will work."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else is changing this right now. Try again in a moment."))


class KeyReused(Exception):
    """This key already stands for another request."""


class OutOfOrder(AssertionError):
    """A row was wanted after a row that must come later: name it in ``first``."""


class Repeated(Exception):
    """This request was carried out before; its turn holds the answer."""

    def __init__(self, turn_id: int) -> None:
        self.turn_id = turn_id
