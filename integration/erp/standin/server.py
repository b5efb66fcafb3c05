"""The stand-in's HTTP side: the ERP's own addresses, and those with which a test or a demo makes it misbehave.

POST /purchase-orders  /goods-receipts  /supplier-invoices      PUT /purchase-orders/4500000001
GET  /purchase-orders?reference=PO-...  /purchase-orders/4500000001  /documents?kind=&since=  /health

POST /faults [...]  /outage {"on": true}  /mode {"keyed": false}  /reset      GET /faults  /effects
"""

import json
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from integration.erp.standin.books import Answer, Books, No
from integration.erp.standin.faults import KINDS, BadScript, Fault, Script
from integration.erp.standin.store import FIRST_NUMBER, Store

LARGEST_BODY = 20 * 1024 * 1024
MAINTENANCE = "<!DOCTYPE html><title>Maintenance</title><h1>We are back on Monday</h1>"


class Erp:
    """The one ERP behind all connections."""

    def __init__(self, store: Store, script: Script, *, keyed: bool) -> None:
        self.store = store
        self.books = Books(store, keyed=keyed)
        self.script = script
        self.is_out = False

    def controls(self, method: str, path: str, content: Any) -> Answer | None:
        """What a real ERP does not have."""
        match method, path:
            case "GET", "/effects":
                documents = [document.summary() for document in self.store.find()]
                return Answer(200, {"documents": documents, "in_work": sorted(self.books.in_work)})
            case "GET", "/faults":
                return Answer(200, {"script": self.script.left(), "kinds": KINDS})
            case "POST", "/faults":
                self.script.play(content)
            case "POST", "/outage":
                self.is_out = bool(content["on"])
            case "POST", "/mode":
                self.books.keyed = bool(content["keyed"])
            case "POST", "/reset":
                self.reset()
            case _:
                return None
        return Answer(200, {"done": True})

    def reset(self) -> None:
        self.books.closed.set()
        self.store.forget_everything()
        self.books = Books(self.store, keyed=self.books.keyed)
        self.script.play([])
        self.is_out = False

    def act(self, method: str, path: str, query: dict[str, str], content: Any, key: str, fault: Fault | None) -> Answer:
        """What a real ERP has."""
        match method, path.strip("/").split("/"):
            case "GET", ["health"]:
                return Answer(200, {"status": "up", "keyed": self.books.keyed})
            case "GET", ["documents"]:
                return self.books.changes(query.get("kind", ""), query.get("since", "0"))
            case "GET", [kind] if kind in FIRST_NUMBER and "reference" in query:
                return self.books.look_up(kind, query["reference"])
            case "GET", [kind, number] if kind in FIRST_NUMBER:
                return Answer(200, self.books.by_number(kind, number).summary())
            case "POST", [kind] if kind in FIRST_NUMBER:
                return self.books.post(kind, content, key=key, fault=fault)
            case "PUT", [kind, number] if kind in FIRST_NUMBER:
                return self.books.revise(kind, number, content)
        raise No(404, "no_such_address", f"{method} {path} is not an address of this ERP.")


class Connection(BaseHTTPRequestHandler):
    """One caller. Faults are played here, because most of them are about what the caller gets to hear."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # it would hold every answer back for 40 ms
    erp: Erp

    def do_GET(self) -> None:
        self.serve()

    def do_POST(self) -> None:
        self.serve()

    def do_PUT(self) -> None:
        self.serve()

    def serve(self) -> None:
        address = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(address.query).items()}
        try:
            content = self.read_json()
            if "Origin" in self.headers:
                raise No(403, "browser", "Web pages have no business here.")
            controlled = self.erp.controls(self.command, address.path, content)
            if controlled:
                return self.answer(controlled)
            if self.erp.is_out:
                raise No(503, "outage", "The ERP is not available.", **{"Retry-After": "30"})
        except No as no:
            return self.answer(no.answer)
        except (BadScript, KeyError, TypeError) as error:
            return self.answer(No(400, "bad_request", f"This is not understood: {error}").answer)
        fault = self.erp.script.next(self.command, address.path)
        if fault and self.fails_at_once(fault):
            return None
        if fault and fault.fault == "delay" and self.command != "POST":  # posting waits with its key in hand
            time.sleep(fault.seconds)
        try:
            key = self.headers.get("Idempotency-Key", "")
            answer = self.erp.act(self.command, address.path, query, content, key, fault)
        except No as no:
            answer = no.answer
        return self.answer_with(fault, answer)

    def read_json(self) -> Any:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            raise No(413, "too_large", "The document is larger than 20 MB.")
        body = self.rfile.read(length)
        try:
            return json.loads(body) if body else None
        except ValueError as error:
            raise No(400, "not_json", "The body is not JSON.") from error

    def fails_at_once(self, fault: Fault) -> bool:
        """Play a fault that leaves nothing done."""
        if fault.status:
            text = f"Status {fault.status} on request."
            waits = {"Retry-After": f"{fault.seconds:g}"} if fault.status in (429, 503) else {}
            self.answer(No(fault.status, "fault", text, **waits).answer)
        elif fault.fault == "html_maintenance_200":
            self.send(200, MAINTENANCE.encode(), {"Content-Type": "text/html"})
        elif fault.fault == "drop_before_commit":
            self.hang_up()
        else:
            return False
        return True

    def answer_with(self, fault: Fault | None, answer: Answer) -> None:
        """Play a fault of the answer to something that is done."""
        match fault.fault if fault else "":
            case "drop_after_commit":
                self.hang_up()
            case "slow_body" if fault:
                self.answer(answer, over=fault.seconds)
            case "truncated_json":
                body = json.dumps(answer.content).encode()
                self.send(answer.status, body[: len(body) // 2])
            case "wrong_schema":
                self.answer(Answer(answer.status, {"result": [answer.status]}))
            case "stale_look_up":
                self.answer(Answer(200, {"documents": []}))
            case _:
                self.answer(answer)

    def answer(self, answer: Answer, *, over: float = 0) -> None:
        self.send(answer.status, json.dumps(answer.content).encode(), answer.headers, over=over)

    def send(self, status: int, body: bytes, headers: dict[str, str] | None = None, *, over: float = 0) -> None:
        try:
            self.send_response(status)
            for name, value in ({"Content-Type": "application/json"} | (headers or {})).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            pieces = [body] if not over else [body[place : place + 1] for place in range(len(body))]
            for piece in pieces:
                self.wfile.write(piece)
                time.sleep(over / len(pieces))
        except OSError:  # the caller did not wait
            self.close_connection = True

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def listen(erp: Erp, port: int) -> Server:
    """On the loopback interface only: nobody else should be able to break our ERP."""
    return Server(("127.0.0.1", port), type("ErpConnection", (Connection,), {"erp": erp}))
