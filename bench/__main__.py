"""./run bench [NAME ...] [--scale small|medium|large] [--json FILE] [--beside tryton]"""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import measure, peers, worlds
from bench.measure import Figure
from config import localservices

NAMES = (
    "ceilings", "request_to_order", "concurrent_orders", "inbox", "order_search", "receipt_1000", "deliver",
    "decide", "replay", "checks", "visible", "bulk_decide", "journeys", "edi", "supplier", "grid",
)  # fmt: skip
SCALES = ("tiny", "small", "medium", "large")


def main() -> int:
    asked = arguments()
    services = localservices.start_for_demo()
    try:
        with worlds.loaded(asked.scale), tempfile.TemporaryDirectory() as state, ExitStack() as parts:
            figures = run(asked, parts, Path(state))
    finally:
        services.stop()
    print("\n".join(measure.table(figures)))
    if asked.json:
        asked.json.write_text("".join(f"{figure.as_json()}\n" for figure in figures))
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure the product on a world of some size.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all, or some of: {', '.join(NAMES)}")
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--json", type=Path, metavar="FILE", help="one figure a line")
    parser.add_argument("--beside", choices=["tryton"], help="do the same on a peer, in turn")
    peers.options(parser)
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in NAMES]:
        parser.error(f"There is no workload “{unknown[0]}”. There are: {', '.join(NAMES)}.")
    return asked


def run(asked: argparse.Namespace, parts: ExitStack, state: Path) -> list[Figure]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from bench.workloads import Run, workloads

    peer = parts.enter_context(peers.tryton(asked)) if asked.beside else None
    given = Run(state=state, samples=asked.samples, peer=peer, parts=parts)
    figures: list[Figure] = []
    for name in asked.names or NAMES:
        figures += measured(name, workloads[name](given))
    return figures


def measured(name: str, figures: object) -> list[Figure]:
    """One workload, with how busy the machine was before and after it."""
    print(f"{name} ...", file=sys.stderr, flush=True)
    before = measure.busy()
    found = list(figures)  # type: ignore[call-overload]
    busy = round(max(before, measure.busy()), 2)
    for figure in found:
        figure.busy = busy
    return found


if __name__ == "__main__":
    sys.exit(main())
