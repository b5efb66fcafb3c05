"""Start the stand-in ERP."""

import argparse
import sys
from pathlib import Path

from integration.erp.standin.faults import Script
from integration.erp.standin.server import Erp, listen
from integration.erp.standin.store import Store


def main() -> None:
    parser = argparse.ArgumentParser(prog="integration.erp.standin", description="A small ERP with faults on request.")
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one")
    parser.add_argument("--store", type=Path, required=True, help="the file that holds its documents")
    parser.add_argument("--seed", type=int, default=1, help="decides what is left to chance")
    parser.add_argument("--keyed", action=argparse.BooleanOptionalAction, default=True, help="ask for Idempotency-Key")
    options = parser.parse_args()
    server = listen(Erp(Store(options.store), Script(options.seed), keyed=options.keyed), options.port)
    sys.stdout.write(f"listening on http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
