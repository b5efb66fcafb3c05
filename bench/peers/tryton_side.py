"""Runs in the peer's own interpreter: does the work that is asked for, line by line, through the peer's harness."""

import importlib.util
import json
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

DATABASE = "bench"


def harness_of(file):
    found = importlib.util.spec_from_file_location("harness", file)
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


class Side:
    """One method for each kind of work; each answers with seconds."""

    def __init__(self, harness, state, rows, parts):
        self.harness, self.state, self.rows, self.parts = harness, state, rows, parts
        self.server = harness.Server(state, DATABASE)
        self.world = harness.World(self.server)
        self.port = parts.enter_context(harness.http_server(state, DATABASE, 2))
        self.client = harness.Client(DATABASE, self.port)
        self.is_grown = False
        for _ in range(4):
            self.order(10)

    def order(self, lines, client=None):
        return [self._placed(client or self.client, lines)]

    def _placed(self, client, lines):
        calls = "model." + self.harness.PURCHASE
        wanted = self.world.order(lines)
        begun = time.perf_counter()
        ids = client(calls + ".create", [wanted])
        client(calls + ".quote", ids)
        client(calls + ".confirm", ids)
        return time.perf_counter() - begun

    def concurrent(self, clients, orders):
        """The time from the first order to the last, as one sample."""
        made = [self.harness.Client(DATABASE, self.port) for _ in range(clients)]
        each = max(1, orders // clients)
        threads = [threading.Thread(target=lambda c=c: [self.order(10, c) for _ in range(each)]) for c in made]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [(time.perf_counter() - begun) * orders / (each * clients)]

    def receipt(self, lines):
        """In process, without HTTP: a call of so many lines would time out in the peer's worker."""
        purchase = self.harness.place_in_process(self.server, self.world, lines)
        watch = self.harness.Stopwatch()
        self.harness.receive_in_process(self.server, self.world, purchase, watch)
        return list(watch)

    def search(self, repeats):
        """The slowest of the searches, by its median."""
        if not self.is_grown:
            self.harness.bulk(self.state, DATABASE, self.rows)
            self.is_grown = True
        found = {}
        self.harness.bench_list(self.state, DATABASE, self.world, found, "bench", repeats)
        pages = [one.get("page50", one) for one in found["list_bench"].values()]
        return [max(page["median_ms"] for page in pages) / 1e3]


def main():
    file, state, rows = sys.argv[1:]
    answers, sys.stdout = sys.stdout, sys.stderr
    with ExitStack() as parts:
        side = Side(harness_of(Path(file)), state, int(rows), parts)
        for line in sys.stdin:
            work, *given = json.loads(line)
            print(json.dumps(getattr(side, work)(*given)), file=answers, flush=True)


if __name__ == "__main__":
    main()
