"""Talk to the ERP over HTTP, and know after each call what is certain.

An ERP commits whether or not we hear the answer, so "did it happen?" has four answers: delivered, refused, surely
not (retry), or unknown. What is unknown is never sent again blindly: an ERP with idempotency keys gets the same key;
of one without keys we ask, after a settling time in which a late commit would have shown, whether it has the document.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

import httpx

from integration.erp.outcomes import (
    LONGEST_TEXT,
    Accepted,
    Delivered,
    Outcome,
    Refused,
    Reply,
    Retry,
    Unknown,
    classify,
    parsed,
    pause,
    unexpected,
)

LONGEST_ANSWER = 10 * 1024 * 1024


class Document(Protocol):
    """What can be sent: a canonical document, or one as it was frozen when it was first asked for."""

    @property
    def kind(self) -> str: ...

    @property
    def number(self) -> str: ...

    @property
    def revision(self) -> int: ...

    def to_json(self) -> dict[str, Any]: ...


class Unavailable(Exception):
    """A question to the ERP got no usable answer; the text says why."""


class ErpClient:
    """One ERP. ``settle`` must exceed the longest time in which it may still commit after we hung up."""

    def __init__(
        self,
        url: str,
        *,
        keyed: bool,
        timeout: timedelta = timedelta(seconds=10),
        settle: timedelta | None = None,
        token: str = "",
    ) -> None:
        self.keyed = keyed
        self.timeout = timeout
        self.settle = max(2 * timeout, timedelta(seconds=60)) if settle is None else settle
        self.http = httpx.Client(
            base_url=url,
            timeout=httpx.Timeout(timeout.total_seconds(), connect=min(3, timeout.total_seconds())),
            headers={"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {}),
            trust_env=False,  # an ERP is reached directly; a proxy variable meant for browsers must not reroute it
        )

    def close(self) -> None:
        self.http.close()

    def deliver(
        self,
        document: Document,
        *,
        key: str,
        asked_at: datetime | None,
        now: datetime,
        before_asking: Callable[[], None],
    ) -> Outcome:
        """Make one attempt that cannot post twice, whatever happened to earlier ones.

        ``asked_at`` is when the last attempt began whose end is unknown, or None. ``before_asking`` is called right
        before the ERP is asked to post and must make that instant durable, so that an attempt cut short by
        ``kill -9`` is known afterwards. After Retry nothing is unknown any more: forget ``asked_at``.
        """
        if asked_at is not None and not self.keyed:
            left = asked_at + self.settle - now
            if left > timedelta(0):
                return Unknown("Waiting until a late posting would have shown in the ERP.", after=left)
            known = self.look_up(document)
            if known:
                return known
        before_asking()
        return self.post(document, key=key)

    def post(self, document: Document, *, key: str) -> Outcome:
        """Send the document. Without keys in the ERP a repeat posts twice: use `deliver`."""
        headers = {"Idempotency-Key": key} if self.keyed else {}
        outcome = self.send("POST", f"/{document.kind}", document, headers)
        if isinstance(outcome, Accepted):  # a repeat would only hear the same again; how it ended is in its books
            return self.look_up(document) or outcome
        return outcome

    def revise(self, order: Document, *, erp_number: str) -> Outcome:
        """Replace the order in the ERP by this revision; safe to repeat, since the ERP compares revisions."""
        return self.send("PUT", f"/{order.kind}/{erp_number}", order, {})

    def send(self, method: str, path: str, document: Document, headers: dict[str, str]) -> Outcome:
        try:
            reply = self.ask(method, path, json=document.to_json(), headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return Retry(f"The ERP cannot be reached: {said(error)}")
        except httpx.RequestError as error:
            return Unknown(f"The ERP did not answer: {said(error)}")
        return classify(reply)

    def look_up(self, document: Document) -> Outcome | None:
        """What the ERP has under our number; None is its word that it has nothing."""
        try:
            found = self.listed(f"/{document.kind}", {"reference": document.number})
            states = [(row["status"], str(row["number"]), int(row["revision"]), str(row["message"])) for row in found]
        except (Unavailable, KeyError, TypeError, ValueError) as error:
            return Unknown(f"The ERP could not be asked whether it has {document.number}: {error}")
        posted = sorted((number, revision) for status, number, revision, _ in states if status == "posted")
        if posted:
            (number, revision), *more = posted
            return Delivered(number, revision, doubles=tuple(double for double, _ in more))
        if any(status == "accepted" for status, *_ in states):
            return Accepted("The ERP has accepted it and not posted it yet.")
        return Refused(states[-1][3][:LONGEST_TEXT]) if states else None

    def changes(self, kind: str = "", *, since: int = 0) -> tuple[list[dict[str, Any]], int]:
        """A page of what changed in the ERP after a position, and the next position; raises Unavailable."""
        content = self.read("/documents", {"kind": kind, "since": str(since)})
        if not isinstance(content.get("next"), int):
            raise Unavailable("The ERP's list does not say where it goes on.")
        return rows(content), content["next"]

    def is_up(self) -> bool:
        """Whether it answers at all: the probe while it is thought to be down."""
        try:
            return self.read("/health", {}).get("status") == "up"
        except Unavailable:
            return False

    def listed(self, path: str, query: dict[str, str]) -> list[dict[str, Any]]:
        return rows(self.read(path, query))

    def read(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        try:
            reply = self.ask("GET", path, params=query)
        except httpx.RequestError as error:
            raise Unavailable(said(error)) from error
        if reply.status != 200:
            raise Unavailable(reply.said)
        if not isinstance(reply.content, dict):
            raise Unavailable(unexpected(reply))
        return reply.content

    def ask(self, method: str, path: str, **request: Any) -> Reply:
        """One exchange, bounded as a whole: an answer that drips in is cut off like one that never comes."""
        deadline = time.monotonic() + self.timeout.total_seconds()
        body = bytearray()
        with self.http.stream(method, path, **request) as response:
            for piece in response.iter_bytes():
                body += piece
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the answer took too long")
                if len(body) > LONGEST_ANSWER:
                    raise httpx.RemoteProtocolError("the answer is too long")
        return Reply(
            status=response.status_code,
            content=parsed(body),
            content_type=response.headers.get("Content-Type", "no type"),
            after=pause(response.headers.get("Retry-After", "")),
        )


def rows(content: dict[str, Any]) -> list[dict[str, Any]]:
    found = content.get("documents")
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Unavailable("The ERP's list is not a list of documents.")
    return found


def said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST_TEXT]
