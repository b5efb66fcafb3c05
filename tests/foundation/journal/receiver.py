"""A system that is told things, in a process of its own. It acts a little after it was asked, even if whoever asked
is dead by then; with keys it acts once for each key."""

import contextlib
import json
import multiprocessing
import random
import threading
import time
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection


def serve(pipe: Connection, delay: float, keyed: bool) -> None:
    acts: list[tuple[str, int]] = []
    keys: set[str | None] = set()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(random.uniform(0, delay))
            with lock:
                if not keyed or self.headers["Idempotency-Key"] not in keys:
                    keys.add(self.headers["Idempotency-Key"])
                    acts.append((body["subject"], int(body["title"])))
            self.answer(b"{}")

        def do_GET(self) -> None:
            with lock:
                self.answer(json.dumps(acts).encode())

        def answer(self, body: bytes) -> None:
            with contextlib.suppress(OSError):  # callers die in the middle of a sentence here; that is the point
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

        def log_message(self, *_: object) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 200

        def handle_error(self, *_: object) -> None: ...

    server = Server(("127.0.0.1", 0), Handler)
    pipe.send(server.server_address[1])
    server.serve_forever()


class Receiver:
    """The process, and what it did in order: ``acts()`` gives (subject, number) pairs."""

    def __init__(self, *, delay: float = 0.004, keyed: bool = True) -> None:
        ours, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self.process = context.Process(target=serve, args=(theirs, delay, keyed), daemon=True)
        self.process.start()
        self.port = ours.recv()

    def acts(self) -> list[tuple[str, int]]:
        line = HTTPConnection("127.0.0.1", self.port)
        line.request("GET", "/")
        return [(subject, number) for subject, number in json.loads(line.getresponse().read())]

    def stop(self) -> None:
        self.process.kill()
        self.process.join()


local = threading.local()


def tell(port: int, subject: str, title: str, *, key: str) -> None:
    """One call, over a connection that each thread keeps."""
    if getattr(local, "port", None) != port:
        local.port, local.line = port, HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        body = json.dumps({"subject": subject, "title": title})
        local.line.request("POST", "/", body, {"Idempotency-Key": key})
        local.line.getresponse().read()
    except OSError:
        local.port = None
        raise
