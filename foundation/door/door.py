"""Open a document for one change.

@verb
def issue(*, order, by, at, seen, key):
    with deciding(order, by=by, seen=seen, key=key) as order:   # lock, version, idempotency
        allow(by, "issue_order", order)                         # the person
        move(order.issue, at=at)                                # the rules
        commitments.commit(...)                                 # tell below
        journal.record(OrderIssued(...), at=at)                 # audit, outbox, process log: one write
    return order
"""

import functools
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, transaction
from psycopg import errors

from foundation.documents.models import Recorded
from foundation.door.proofs import insist
from foundation.door.refusals import Busy, Repeated, Stale
from foundation.door.turn import Turn, asked
from foundation.journal import queries
from foundation.journal.models import Entry
from foundation.journal.turns import current, open_turn
from foundation.values.actor import PERSON, Actor

D = TypeVar("D", bound=Recorded)
A = TypeVar("A", bound=Callable[..., Any])
NOT_THE_REQUEST = {"by", "at", "key"}
AS_IT_IS = -1
"""For ``seen``: what is said does not depend on what was seen (a count, a note). No form can say it."""
WAITED = (errors.LockNotAvailable, errors.DeadlockDetected, errors.QueryCanceled)


@contextmanager
def deciding(
    document: D,
    *,
    by: Actor,
    seen: int | None = None,
    key: str | None = None,
    first: Iterable[Recorded] = (),
    shared: Iterable[Recorded] = (),
    of: Recorded | None = None,
    proof: bool = False,
) -> Iterator[D]:
    """Lock ``document``, compare the version that was seen, and write what changed when the block ends.

    ``first`` names rows that the work below will need and that come earlier in the lock order, ``shared`` rows that
    must only stand still; ``of`` names the row whose version the person saw, where that is not the document itself.
    A document that was never saved is born here. Inside another door this one joins its turn and needs no key.
    ``proof`` wants a fresh strong proof of the person.

    Raises Stale (with the difference), Busy (somebody holds the row), KeyReused, ProofNeeded; AssertionErrors are our
    own faults.
    """
    with opening(by=by, key=key, proof=proof) as turn:
        if document._state.adding:
            turn.hold(first, shared)
            document.save(force_insert=True)
            turn.adopt(document)
        else:
            if turn.outermost and seen is None and by.kind == PERSON and of is None:
                raise TypeError("A person says which version was seen.")
            turn.hold([document, *first], shared)
        compare(turn.rows[(of or document).subject], seen)
        row: Any = turn.rows[document.subject]
        turn.enter(row)
        yield row
        turn.leave(row)


@contextmanager
def deciding_together(
    documents: Iterable[Recorded], *, by: Actor, key: str, shared: Iterable[Recorded] = ()
) -> Iterator[Any]:
    """One turn for many documents, held and written by a statement a kind where each alone would take several.

    Yields the turn, whose ``rows`` are held; ``entered(row)`` is the door of each. What one of them refuses must be
    known before it is entered: nothing of the others is undone. Raises Busy if somebody holds any of the rows.
    """
    with opening(by=by, key=key) as turn:
        turn.hold(documents, shared)
        with turn.writing_together():
            yield turn


@contextmanager
def entered(row: D) -> Iterator[D]:
    """The door of one row that ``deciding_together`` holds."""
    turn = current()
    turn.enter(row)
    yield row
    turn.leave(row)


@contextmanager
def opening(*, by: Actor, key: str | None, proof: bool = False) -> Iterator[Any]:
    """The turn that is open, or a new one in its own durable transaction (for work on rows that are not documents).

    ``proof`` is asked for last, when everything else has gone well: nobody proves himself for what is refused anyway.
    """
    turn = open_turn.get()
    if turn is not None:
        turn.outermost = False
        yield turn
        if proof:
            insist(by, at=turn.recorded_at)
        return
    if key is None:
        raise TypeError("A request from outside carries a key.")
    mine = None
    try:
        with transaction.atomic(durable=True):
            turn = Turn(by, key)
            turn.outermost = True
            mine = open_turn.set(turn)
            yield turn
            if proof:
                insist(by, at=turn.recorded_at)
    except OperationalError as error:
        if isinstance(error.__cause__, WAITED):
            raise Busy from error
        raise
    finally:
        if mine:
            open_turn.reset(mine)


def compare(row: Recorded, seen: int | None) -> None:
    if seen is not None and seen != AS_IT_IS and row.version != seen:
        raise Stale(subject=row.subject, seen=seen, now=row.version, difference=queries.since(row.subject, seen))


def verb(action: A) -> A:
    """Give an action its name for keys and its request for comparison; a repeat gets the first answer."""
    return _verb(action, again=answer)


def verb_of_many(again: Callable[[int], Any]) -> Callable[[A], A]:
    """As ``verb``, for an action on many documents: a repeat is answered with ``again(turn)``."""
    return lambda action: _verb(action, again=again)


def _verb(action: A, again: Callable[[int], Any]) -> A:
    name = f"{action.__module__}.{action.__name__}"

    @functools.wraps(action)
    def run(**request: Any) -> Any:
        if open_turn.get() is not None:
            return action(**request)
        mine = asked.set((name, fingerprint(request)))
        try:
            return action(**request)
        except Repeated as repeated:
            return again(repeated.turn_id)
        finally:
            asked.reset(mine)

    return run  # type: ignore[return-value]


def fingerprint(request: dict[str, Any]) -> str:
    """What was asked, as one digest: everything but who, when and the key itself."""
    body = {name: value for name, value in request.items() if name not in NOT_THE_REQUEST}
    text = json.dumps(body, sort_keys=True, default=_said)
    return hashlib.sha256(text.encode()).hexdigest()


def _said(value: Any) -> Any:
    if isinstance(value, Recorded):
        return value.subject
    if hasattr(value, "pk"):
        return f"{value._meta.label_lower}:{value.pk}"
    try:
        return DjangoJSONEncoder().default(value)
    except TypeError:
        return repr(value)


def answer(turn_id: int) -> Recorded:
    """The document of a finished turn (the outermost door closes last, so its entry is the last)."""
    last = Entry.objects.filter(turn_id=turn_id).latest("id")
    label, pk = last.subject.split(":")
    return apps.get_model(label)._base_manager.get(pk=pk)
