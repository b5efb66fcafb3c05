"""A supplier's system that gets messages, in each syntax, and reads them."""

from pathlib import Path
from typing import Any

from integration.inbox.reading import read
from integration.partners import actions as partners
from integration.partners.models import Gets, Syntax, TradingPartner, Way
from tests.scene import NOW, SETUP, Scene, key

ADDRESSES = {
    Syntax.X12: ("14:4012345500004", "14:8712345000004"),
    Syntax.EDIFACT: ("14:4012345500004", "14:8712345000004"),
    Syntax.UBL: ("0088:4012345500004", "0088:8712345000004"),
    Syntax.CXML: ("duns:942888711", "network:AN01"),
}
EVERYTHING = [Gets.ORDER, Gets.ORDER_CHANGE]


def agreed(scene: Scene, syntax: str = Syntax.X12, **terms: Any) -> TradingPartner:
    theirs, ours = ADDRESSES[Syntax(syntax)]
    usual = {"gets": EVERYTHING, "way": Way.FOLDER, "target": "nordfast", "answers_within_hours": 24}
    how = {"supplier": scene.supplier, "address": theirs, "own_address": ours, "syntax": syntax}
    return partners.agree(**how, terms=usual | terms, by=SETUP, at=NOW, key=key())


def lay(folder: Path) -> list[Path]:
    """What a gateway finds, in the order in which it was put there."""
    return sorted(folder.glob("nordfast/[!.]*"), key=lambda path: path.stat().st_mtime_ns)


def heard(path: Path) -> Any:
    """The one message of a file, as its receiver reads it."""
    (one,) = read(path.read_bytes(), on=NOW.date())
    return one
