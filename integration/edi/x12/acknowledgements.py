"""Whether a group could be read: 997, and 999 which says the same in segments of other names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from integration.canon import acknowledgements as canon
from integration.canon.acknowledgements import Acknowledged, Acknowledgement, Trouble
from integration.edi.signs import X12
from integration.edi.tables import DETAIL, SUMMARY, Map, code, loop, passed, row, section, text

VERDICTS = {
    "A": canon.ACCEPTED, "E": canon.WITH_ERRORS, "P": canon.PARTLY, "R": canon.REJECTED, "M": canon.REJECTED,
    "W": canon.REJECTED, "X": canon.REJECTED,
}  # fmt: skip
"""Elements 715 and 717."""


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """An element that was wrong (AK4)."""

    position: str = ""
    code: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Faulty(Trouble):
    """A segment that was wrong (AK3), with its elements."""

    elements: tuple[Wrong, ...] = ()


def _flat(trouble: Trouble) -> list[Trouble]:
    if not isinstance(trouble, Faulty) or not trouble.elements:
        return [Trouble(segment=trouble.segment, position=trouble.position, code=trouble.code, text=trouble.text)]
    place = trouble.position
    return [
        Trouble(segment=trouble.segment, position=f"{place}-{each.position}", code=each.code, text=each.text)
        for each in trouble.elements
    ]


def _nested(trouble: Trouble) -> Faulty:
    place, dash, element = trouble.position.partition("-")
    if not dash:
        return Faulty(segment=trouble.segment, position=place, code=trouble.code)
    wrong = Wrong(position=element, code=trouble.code, text=trouble.text)
    return Faulty(segment=trouble.segment, position=place, code="8", elements=(wrong,))


def heard_acknowledgement(said: Acknowledgement) -> Acknowledgement:
    return _with(said, _flat)


def told_acknowledgement(said: Acknowledgement) -> Acknowledgement:
    return _with(said, lambda trouble: [_nested(trouble)])


def figures(said: Acknowledgement) -> dict[str, str]:
    """How many sets came, and how many of them were accepted. A 997 need not name those that were."""
    accepted = sum(each.code in (canon.ACCEPTED, canon.WITH_ERRORS) for each in said.messages)
    return {"sets": str(len(said.messages)), "accepted": str(accepted)}


def _with(said: Acknowledgement, turn: Callable[[Trouble], Sequence[Trouble]]) -> Acknowledgement:
    """The same with every trouble turned."""
    messages = [
        replace(each, troubles=tuple(turned for one in each.troubles for turned in turn(one))) for each in said.messages
    ]
    return replace(said, messages=tuple(messages))


def _acknowledgement(kind: str) -> Map:
    return Map(
        syntax=X12,
        kind=kind,
        document=Acknowledgement,
        shape=Acknowledgement,
        rows=[
            row("AK1", {1: text("group", 2), 2: text("control", 9)}),
            loop(
                "messages",
                Acknowledged,
                row("AK2", {1: text("message", 3), 2: text("control", 9)}),
                loop(
                    "troubles",
                    Faulty,
                    row("AK3 IK3", {1: text("segment", 3), 2: text("position", 6), 4: text("code", 3)}),
                    *passed("CTX"),
                    loop(
                        "elements",
                        Wrong,
                        row("AK4 IK4", {1: text("position", 5), 3: text("code", 3), 4: text("text", 99)}),
                        *passed("CTX"),
                    ),
                ),
                row("AK5 IK5", {1: code("code", VERDICTS)}),
                area=DETAIL,
            ),
            section(
                row("AK9", {1: code("code", VERDICTS), 2: text("@sets"), 3: text("@sets"), 4: text("@accepted")}),
                area=SUMMARY,
            ),
        ],
        heard=heard_acknowledgement,
        told=told_acknowledgement,
        figures=figures,
    )


MAPS = [_acknowledgement("997"), _acknowledgement("999")]
