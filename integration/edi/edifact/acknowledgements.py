"""Whether messages could be read (CONTRL) or processed (APERAK)."""

from integration.canon import acknowledgements as canon
from integration.canon.acknowledgements import Acknowledged, Acknowledgement, Trouble
from integration.edi.edifact.parts import GENERATIONS, Directory, dtm, notes, parties, rff
from integration.edi.signs import EDIFACT
from integration.edi.tables import DETAIL, Map, code, heard, loop, passed, puts, row, text

ACTIONS = {"7": canon.ACCEPTED, "4": canon.REJECTED, "8": canon.RECEIVED}
"""Element 0083: this level and all below accepted, this level rejected, interchange received."""
VERDICTS = {"AP": canon.ACCEPTED, "RE": canon.REJECTED, "AB": canon.RECEIVED, "CA": canon.WITH_ERRORS}
"""UNCL4343 of APERAK."""
KINDS = {"312": canon.ACCEPTED, "313": canon.REJECTED, "314": canon.REJECTED}
"""UNCL1001, where a sender says it by the name of the message: acknowledgement, error."""


CONTRL = Map(
    syntax=EDIFACT,
    kind="CONTRL",
    document=Acknowledgement,
    shape=Acknowledgement,
    rows=[
        row(
            "UCI",
            {
                1: text("control", 14),
                (2, 1): text("@receiver"),
                (2, 2): text("@receiver_kind"),
                (3, 1): text("@sender"),
                (3, 2): text("@sender_kind"),
                4: code("code", ACTIONS),
            },
        ),
        loop(
            "messages",
            Acknowledged,
            row("UCM", {1: text("control", 14), (2, 1): text("message", 6), 3: code("code", ACTIONS)}),
            loop(
                "troubles",
                Trouble,
                row("UCS", {1: text("position", 6), 2: text("code", 3)}),
                heard("UCD", {1: text("code"), 2: text("position")}),
            ),
            area=DETAIL,
        ),
    ],
)


def _aperak(directory: Directory) -> Map:
    return Map(
        syntax=EDIFACT,
        kind="APERAK",
        generation=directory.name,
        document=Acknowledgement,
        shape=Acknowledgement,
        rows=[
            row(
                "BGM",
                {
                    1: puts("305"),
                    (2, 1): text("number", 35),
                    3: puts("9"),
                    4: code("code", VERDICTS, is_tested=True),
                },
            ),
            heard("BGM", {1: code("code", KINDS), (2, 1): text("number")}),
            dtm("issued_on", "137"),
            *passed("DTM"),
            notes(directory),
            rff("document", "ACW", "ON", "DM"),
            rff("control", "ACE", "TN"),
            *passed("RFF DOC"),
            parties(),
            loop(
                "troubles",
                Trouble,
                row("ERC", {(1, 1): text("code", 8)}),
                row("FTX", {1: puts("AAO"), (4, 1): text("text", directory.note)}),
                *passed("RFF"),
                area=DETAIL,
            ),
        ],
    )


MAPS = [CONTRL, *(_aperak(directory) for directory in GENERATIONS)]
