"""Orders and ship notices of many lines, read as X12 and EDIFACT: segments, envelopes, typed and checked lines.

Beside them, where they are installed, pyx12 and pydifact cut the same bytes into segments and check the envelope, which
is what *segments* does; *typed* makes the document and recomputes it as well. ``pip install --group bench`` installs
them; without them there is no ratio.
"""

import importlib.util
import io
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bench.measure import Figure, Stopwatch
from bench.workloads import Run, workload
from integration.canon.parts import Item, OrderReference, Party
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.edi.envelopes import interchanges
from integration.edi.inbound import read
from integration.edi.outbound import Envelope, write
from integration.edi.signs import EDIFACT, X12

ROUNDS = 3
MANY = 16
"""Times the lines of a run: 16,000 lines where that has 1,000."""
FILES = (("x12_order", X12, "004010"), ("x12_notice", X12, "004010"), ("edifact_order", EDIFACT, "D96A"))
MEMORY = """
import os, resource, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
from integration.edi.inbound import read
(received,) = read(open(sys.argv[1], "rb"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@workload
def edi(run: Run) -> Iterable[Figure]:
    """Seconds of one whole message, segments a second, memory of a process that reads one, and the peers."""
    count = MANY * run.lines
    for name, syntax, version in FILES:
        document = notice(count) if name.endswith("notice") else order(count)
        data = write([document], envelope(syntax, version))
        (received,) = read(data)
        assert received.document == document, name
        assert not received.faults, received.faults
        segments = len(interchanges(data)[0].messages[0].segments)
        yield from laps(run, lambda data=data: read(data)).figures("edi", name)
        peers = {peer: round(segments / least(each, data)) for peer, each in beside(syntax).items()}
        for what, work in (("segments", interchanges), ("typed", read)):
            rate = Figure("edi", f"{name}_{what}_per_s", round(segments / least(work, data)), "/s", ROUNDS)
            rate.beside = peers
            rate.ratio = round(rate.value / next(iter(peers.values())), 1) if peers else None
            yield rate
        yield Figure("edi", f"{name}_peak_mib", peak(run, data), "MiB")


def order(count: int) -> PurchaseOrder:
    lines = [
        PurchaseOrderLine(
            number=str(number),
            item=Item(buyer_number=f"SKU-{number}", gtin="4006381333931", description=f"Article {number} of the range"),
            quantity=Decimal(12),
            unit="EA",
            price=Decimal("9.25"),
            amount=Decimal("111"),
            need_by=date(2026, 4, 1),
        )
        for number in range(1, count + 1)
    ]
    parties = (Party(role="buyer", id="8712345000004", id_scheme="gln"),)
    return PurchaseOrder(number="PO-1", issued_on=date(2026, 3, 2), currency="EUR", parties=parties, lines=tuple(lines))


def notice(count: int) -> ShipNotice:
    """Ten lines a pallet."""
    about = [OrderReference(number="PO-1", line=str(number)) for number in range(1, count + 1)]
    lines = [
        NoticeLine(
            number=reference.line, item=Item(buyer_number=f"SKU-{reference.line}"), quantity=Decimal(12), unit="EA",
            order=reference, lot="L-1",
        )
        for reference in about
    ]  # fmt: skip
    units = [
        HandlingUnit(package="pallet", lines=tuple(lines[start : start + 10])) for start in range(0, len(lines), 10)
    ]
    return ShipNotice(number="DN-1", ships_on=date(2026, 3, 2), arrives_on=date(2026, 3, 4), units=tuple(units))


def envelope(syntax: str, version: str) -> Envelope:
    return Envelope(
        syntax=syntax, version=version, sender="14:8712345000004", receiver="14:4012345500004", control=1,
        sent_at=datetime(2026, 3, 2, 8, tzinfo=UTC),
    )  # fmt: skip


def laps(run: Run, work: Callable[[], Any]) -> Stopwatch:
    watch = Stopwatch()
    for _sample in range(max(1, min(5, run.samples))):
        with watch.lap():
            work()
    return watch


def least(work: Callable[[bytes], Any], data: bytes) -> float:
    """Seconds of CPU of the best round: what other work on the machine does not change."""
    seconds = []
    for _round in range(ROUNDS):
        begun = time.process_time()
        work(data)
        seconds.append(time.process_time() - begun)
    return min(seconds)


def peak(run: Run, data: bytes) -> float:
    """MiB of a process that does nothing else."""
    file = run.state / "bench.edi"
    file.write_bytes(data)
    said = subprocess.run([sys.executable, "-c", MEMORY, str(file)], capture_output=True, text=True, check=True)
    file.unlink()
    return round(int(said.stdout) / 1024, 1)


def beside(syntax: str) -> dict[str, Callable[[bytes], int]]:
    """The peer of a syntax, where it is installed: what reads the same bytes."""
    name, reads = ("pyx12", pyx12_reads) if syntax == X12 else ("pydifact", pydifact_reads)
    if importlib.util.find_spec(name):
        return {name: reads}
    print(f"{name} is not installed: no figure stands beside ours (pip install --group bench).", file=sys.stderr)
    return {}


def pyx12_reads(data: bytes) -> int:
    from pyx12.x12file import X12Reader

    return sum(1 for _segment in X12Reader(io.StringIO(data.decode())))


def pydifact_reads(data: bytes) -> int:
    from pydifact.segmentcollection import Interchange

    with warnings.catch_warnings(action="ignore"):  # it says of every segment that it has no directory
        found = Interchange.from_str(data.decode("latin-1"))
    return sum(len(message.segments) for message in found.get_messages())
