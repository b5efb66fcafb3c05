"""May this person do this kind of thing here? Asked inside actions, answered from scopes."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.scopes import verbs
from foundation.scopes.reach import reach
from foundation.values.actor import Actor


class NotYours(Exception):
    """The person lacks a verb, here or everywhere. ``sentence`` says which one."""

    def __init__(self, verb: str, where: str = "") -> None:
        self.verb = verb
        label = verbs.label(verb).lower()
        self.sentence = (
            _("You may not %(verb)s for %(where)s.") % {"verb": label, "where": where}
            if where
            else _("You may not %(verb)s.") % {"verb": label}
        )
        super().__init__(self.sentence)


def may(by: Actor, verb: str, document: Any = None) -> bool:
    """Whether the actor holds ``verb`` at the place where ``document`` stands, or anywhere at all."""
    held = reach(by, verb)
    return held.is_everything or (held.covers(document.places()) if document is not None else bool(held))


def allow(by: Actor, verb: str, document: Any = None) -> None:
    """Go on, or raise ``NotYours``."""
    if not may(by, verb, document):
        raise NotYours(verb, str(document) if document is not None else "")
