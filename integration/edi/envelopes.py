"""Interchanges, groups and messages: who sent what to whom, and whether control counts and references agree.

The policy, which docs/edi.md explains: a wrong count holds (something may be missing), a wrong reference refuses (parts
of different messages may stand together), a message without its end is refused, an interchange without its end or its
beginning is held. A fault of the interchange or of a group counts for each of its messages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _

from integration.canon.faults import Fault, Level
from integration.canon.texts import Unreadable
from integration.edi import values
from integration.edi.places import at
from integration.edi.signs import X12, Signs
from integration.edi.tokens import Segment, Tokens


@dataclass
class Message:
    """One transaction set or message: its segments with header and trailer."""

    kind: str
    """``850``, ``ORDERS``."""
    version: str
    """``004010``, ``D96A``."""
    group: str
    """The control number of its group, if it stands in one."""
    control: str
    signs: Signs
    first: int
    """The number of its first segment in the file."""
    segments: list[Segment] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Interchange:
    """What was sent at once. Sender and receiver are written ``qualifier:id``, or ``id`` where none was said."""

    syntax: str
    sender: str = ""
    receiver: str = ""
    control: str = ""
    sent_on: date | None = None
    is_test: bool = False
    faults: list[Fault] = field(default_factory=list)
    """What is wrong with the interchange, its groups or the file: it counts for every message."""
    messages: list[Message] = field(default_factory=list)


@dataclass
class _Open:
    """A header that waits for its trailer."""

    header: str
    control: str
    number: int
    kind: str = ""
    version: str = ""
    counted: int = 0
    groups: int = 0


RANKS = {"ISA": 0, "UNB": 0, "GS": 1, "UNG": 1, "ST": 2, "UNH": 2}
OUTER, GROUP, MESSAGE = range(3)
TRAILERS = {"IEA": "ISA", "UNZ": "UNB", "GE": "GS", "UNE": "UNG", "SE": "ST", "UNT": "UNH"}
_SERVICE = frozenset((*RANKS, *TRAILERS))
CONTROLS = {"ISA": 13, "UNB": 5, "GS": 6, "UNG": 5, "ST": 2, "UNH": 1}
"""The element of a header that carries its control number. In every trailer it is the second, the count the first."""
GROUP_KINDS = {
    "850": "PO", "855": "PR", "856": "SH", "810": "IN", "860": "PC", "865": "CA", "997": "FA", "999": "FA",
}  # fmt: skip


def interchanges(source: bytes | BinaryIO) -> list[Interchange]:
    """Everything in a file. A file without any is one interchange without messages, refused."""
    found: list[Interchange] = []
    reader = Envelopes(source)
    for interchange, message in reader:
        if not found or found[-1] is not interchange:
            found.append(interchange)
        if message:
            interchange.messages.append(message)
    for interchange in found:
        interchange.faults += reader.file_faults
    return found


class Envelopes:
    """Each message of a file with its interchange, as a stream. An interchange comes once more, alone, at its end.

    Faults of the interchange are complete only then.
    """

    def __init__(self, source: bytes | BinaryIO) -> None:
        self._tokens = Tokens(source)
        self._interchange = Interchange("")
        self._open: list[_Open] = []
        self._message: Message | None = None
        self._controls: set[str] = set()
        self._number = 0
        self._has_message = False

    @property
    def file_faults(self) -> list[Fault]:
        """What is wrong with the file as a whole, complete once it was read: it counts for every interchange."""
        return self._tokens.faults

    def __iter__(self) -> Iterator[tuple[Interchange, Message | None]]:
        has_any, before = False, 0
        for batch in self._tokens.batches():
            start = 0
            for place in [place for place, segment in enumerate(batch) if segment[0] in _SERVICE]:
                self._body(batch[start:place], before + start)
                segment, start = batch[place], place + 1
                self._number, has_any = before + start, True
                if segment[0] in RANKS:
                    yield from self._ends(RANKS[segment[0]])
                    self._begins(segment[0], segment)
                else:
                    yield from self._trailer(segment[0], segment)
            self._body(batch[start:], before + start)
            before += len(batch)
        yield from self._ends(OUTER)
        if not has_any:
            if not self.file_faults:
                self._blame_empty()
            yield self._interchange, None

    def _body(self, segments: list[Segment], before: int) -> None:
        """What stands between two service segments: part of the open message, or of none."""
        if self._message:
            self._message.segments += segments
            return
        for number, segment in enumerate(segments, before + 1):
            tag = segment[0][:10]
            sentence = _("Segment %(tag)s stands outside any message: send it inside one.") % {"tag": tag}
            self._blame(Level.HOLD, "segment_outside", at(number, tag), sentence)

    def _begins(self, tag: str, segment: Segment) -> None:
        rank, number = RANKS[tag], self._number
        opened = _Open(tag, _element(segment, CONTROLS[tag], self._tokens.signs), number)
        if rank == OUTER:
            self._interchange, self._has_message = _head(segment, self._tokens.signs), False
            if not self._tokens.signs.is_fixed:
                sentence = _("The elements of ISA do not have their fixed width: pad them with spaces.")
                self._blame(Level.WARNING, "isa_width", at(number, tag), sentence)
        elif not self._open:
            self._interchange, self._has_message = Interchange(self._tokens.signs.syntax), False
            sentence = _("The message has no envelope (%(outer)s), so its sender is not known: send it in one.")
            outer = "ISA" if self._tokens.signs.syntax == X12 else "UNB"
            self._blame(Level.HOLD, "envelope_missing", at(number, tag), sentence % {"outer": outer})
            self._open.append(_Open("", "", number))
        if rank != MESSAGE:
            self._controls = set()
        if rank == GROUP:
            opened.kind, opened.version = (
                _element(segment, 1, self._tokens.signs),
                _element(segment, 8, self._tokens.signs),
            )
            self._open[0].groups += 1
        if self._open:
            self._open[-1].counted += 1
        self._open.append(opened)
        if rank == MESSAGE:
            self._message = self._headed(opened, segment)

    def _headed(self, opened: _Open, segment: Segment) -> Message:
        signs = self._tokens.signs
        group = self._open[-2]
        if signs.syntax == X12:
            kind, version = _element(segment, 1, signs), group.version[:6]
        else:
            parts = [*(segment[2] if len(segment) > 2 else "").split(signs.component), "", "", ""]
            kind, version = parts[0], parts[1] + parts[2]
        around = group.control if RANKS.get(group.header) == GROUP else ""
        message = Message(kind, version, around, opened.control, signs, opened.number, [segment])
        if (wanted := GROUP_KINDS.get(kind)) and group.kind and group.kind != wanted:
            said = {"kind": kind, "group": group.kind, "wanted": wanted}
            sentence = _("Message %(kind)s stands in a group of %(group)s, not of %(wanted)s; it was read as %(kind)s.")
            message.faults.append(Fault(Level.WARNING, "group_kind", at(group.number, "GS", 1), sentence % said))
        if opened.control in self._controls:
            sentence = _("Two messages have the control number %(control)s: number them apart.")
            where = at(opened.number, opened.header, CONTROLS[opened.header])
            message.faults.append(Fault(Level.HOLD, "control_twice", where, sentence % {"control": opened.control}))
        self._controls.add(opened.control)
        self._has_message = True
        return message

    def _trailer(self, tag: str, segment: Segment) -> Iterator[tuple[Interchange, Message | None]]:
        header = TRAILERS[tag]
        if not any(opened.header == header for opened in self._open):
            sentence = _("%(tag)s ends something that never began: send the whole again.") % {"tag": tag}
            self._blame(Level.HOLD, "trailer_alone", at(self._number, tag), sentence)
            return
        while self._open[-1].header != header:
            yield from self._unfinished()
        opened = self._open.pop()
        blame = self._blame
        if self._message and RANKS[header] == MESSAGE:
            self._message.segments.append(segment)
            blame = self._blame_message
            opened.counted = len(self._message.segments)
        self._compare(opened, tag, segment, blame)
        yield from self._leave(RANKS[header])

    def _compare(self, opened: _Open, tag: str, segment: Segment, blame: "Blame") -> None:
        """The trailer's count and reference with what was seen."""
        count, control = _element(segment, 1, self._tokens.signs), _element(segment, 2, self._tokens.signs)
        number = self._number
        seen = opened.groups or opened.counted
        if not (count.isascii() and count.isdigit() and int(count[:9]) == seen):
            said = {"tag": tag, "count": count or _("nothing"), "seen": seen}
            sentence = _("%(tag)s says %(count)s, but %(seen)s were found: check that nothing is missing.") % said
            blame(Level.HOLD, "count_wrong", at(number, tag, 1), sentence)
        if control != opened.control:
            same = control.lstrip("0") == opened.control.lstrip("0")
            said = {"tag": tag, "control": control, "header": opened.header, "begun": opened.control}
            sentence = _("%(tag)s names %(control)s, but %(header)s began %(begun)s: send the whole again.")
            if same:
                sentence = _("%(tag)s writes the number %(control)s, %(header)s wrote it %(begun)s: write it alike.")
            level, code = (Level.WARNING, "reference_written") if same else (Level.REFUSE, "reference_wrong")
            blame(level, code, at(number, tag, 2), sentence % said)

    def _ends(self, rank: int) -> Iterator[tuple[Interchange, Message | None]]:
        """What is open from this rank inwards ends without its trailer."""
        while self._open and RANKS.get(self._open[-1].header, OUTER) >= rank:
            yield from self._unfinished()

    def _unfinished(self) -> Iterator[tuple[Interchange, Message | None]]:
        opened = self._open.pop()
        if not opened.header:
            yield from self._leave(OUTER)
            return
        rank = RANKS[opened.header]
        trailer = next(trailer for trailer, header in TRAILERS.items() if header == opened.header)
        said = {"header": opened.header, "control": opened.control, "trailer": trailer}
        sentence = _("%(header)s %(control)s has no end (%(trailer)s), so a part is missing: send the whole again.")
        if rank == MESSAGE:
            self._blame_message(Level.REFUSE, "message_open", at(opened.number, opened.header), sentence % said)
        else:
            code = "group_open" if rank == GROUP else "interchange_open"
            self._blame(Level.HOLD, code, at(opened.number, opened.header), sentence % said)
        yield from self._leave(rank)

    def _leave(self, rank: int) -> Iterator[tuple[Interchange, Message | None]]:
        if rank == MESSAGE and self._message:
            message, self._message = self._message, None
            yield self._interchange, message
        elif rank == OUTER:
            if not self._has_message:
                self._blame_empty()
            yield self._interchange, None

    def _blame_empty(self) -> None:
        sentence = _("There is no message in it: send it again.")
        self._blame(Level.REFUSE, "nothing_there", "", sentence)

    def _blame(self, level: Level, code: str, where: str, sentence: str) -> None:
        self._interchange.faults.append(Fault(level, code, where, sentence))

    def _blame_message(self, level: Level, code: str, where: str, sentence: str) -> None:
        assert self._message is not None
        self._message.faults.append(Fault(level, code, where, sentence))


Blame = Callable[[Level, str, str, str], None]


def _element(segment: Segment, place: int, signs: Signs) -> str:
    return signs.leaf(segment[place]).strip() if len(segment) > place else ""


def _head(segment: Segment, signs: Signs) -> Interchange:
    if segment[0] == "ISA":
        one = [_element(segment, place, signs) for place in range(17)]
        return Interchange(
            X12, _name(one[5], one[6]), _name(one[7], one[8]), one[13], _day(one[9]), is_test=one[15] == "T"
        )
    parts = [[signs.leaf(part) for part in element.split(signs.component)] + [""] for element in segment] + [
        [""] * 2
    ] * 11
    sender, receiver = (_name(part[1], part[0]) for part in (parts[2], parts[3]))
    return Interchange(signs.syntax, sender, receiver, parts[5][0], _day(parts[4][0]), is_test=parts[11][0] == "1")


def _name(qualifier: str, identifier: str) -> str:
    return f"{qualifier}:{identifier}" if qualifier.strip() else identifier


def _day(text: str) -> date | None:
    try:
        return values.day(text)
    except Unreadable:
        return None
