"""The text of a message for a page: segment by segment, with those marked in which something is wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from foundation.files import actions as files
from integration.edi.envelopes import CONTROLS, MESSAGE, RANKS, TRAILERS
from integration.edi.signs import EDIFACT, X12
from integration.edi.tokens import Segment, Tokens
from integration.inbox import mail
from integration.inbox.models import InboundMessage

MOST = 400
"""Segments on a page; marked ones are always shown."""
LONGEST = 400
HEAD = 4000
PLACE = re.compile(r"segment (\d+)$")
HIDDEN = "•••"
SECRETS = {"ISA": (2, 4), "UNB": (6,)}
"""Elements that carry a password: shown to nobody."""


@dataclass(frozen=True)
class Shown:
    number: int
    text: str
    sentences: tuple[str, ...]


def text_of(message: InboundMessage) -> tuple[list[Shown], bool]:
    """Its segments between those of its envelope, and whether some were left out. Other messages are not shown."""
    try:
        with files.opened(message.file) as kept:
            raw = kept.read()
    except FileNotFoundError:
        return [], False
    if message.syntax == mail.SYNTAX:
        text = mail.text_of(raw)
        return [Shown(1, text[:HEAD], ())], len(text) > HEAD
    if message.syntax not in (X12, EDIFACT) or not message.control:
        return [Shown(1, raw[:HEAD].decode("utf-8", "replace"), ())], len(raw) > HEAD
    marked = _marked(message)
    shown = [
        Shown(number, text[:LONGEST], tuple(marked.get(number, ())))
        for place, (number, text) in enumerate(_own(raw, message))
        if place < MOST or number in marked
    ]
    return shown, bool(shown) and len(shown) >= MOST


def _marked(message: InboundMessage) -> dict[int, list[str]]:
    marked: dict[int, list[str]] = {}
    for fault in message.faults:
        if place := PLACE.search(fault["where"]):
            marked.setdefault(int(place[1]), []).append(fault["sentence"])
    return marked


def _own(raw: bytes, message: InboundMessage) -> Iterator[tuple[int, str]]:
    """The segments of the message and of the envelope around it."""
    tokens, waiting, headers, is_inside = Tokens(raw), list[tuple[int, str]](), 0, False
    for number, segment in enumerate(tokens, 1):
        rank = RANKS.get(segment[0])
        if rank == MESSAGE:
            if is_inside:
                return
            is_inside = headers == message.position and _control(segment) == message.control
            headers += 1
            if is_inside:
                yield from waiting
        elif rank is not None:
            waiting = [*(waiting if rank else []), (number, _text(segment, tokens))]
        if is_inside:
            yield number, _text(segment, tokens)
            if RANKS.get(TRAILERS.get(segment[0], "")) == MESSAGE:
                return


def _control(segment: Segment) -> str:
    place = CONTROLS[segment[0]]
    return segment[place].strip() if len(segment) > place else ""


def _text(segment: Segment, tokens: Any) -> str:
    hidden = SECRETS.get(segment[0], ())
    parts = [HIDDEN if place in hidden and part.strip() else part for place, part in enumerate(segment)]
    return str(tokens.signs.raw(tokens.signs.element.join(parts)) + tokens.signs.terminator.strip())
