"""Many births in one turn: the set-based twin of ``deciding`` for rows that nobody has seen yet.

A thousand items through ``deciding`` are four thousand statements; through here they are four. What stands in the
database afterwards is the same: version 1, one entry, a chain that verifies, deliveries for whoever listens. The
triggers judge every birth as they always do.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection

from foundation.documents.models import Recorded
from foundation.door.door import opening
from foundation.journal import actions as journal
from foundation.journal import chain
from foundation.journal.events import Event
from foundation.values.actor import Actor

D = TypeVar("D", bound=Recorded)
BATCH = 5000
IDS = "select nextval(pg_get_serial_sequence(%s, %s)) from generate_series(1, %s)"


def bear(
    documents: Iterable[D],
    event_of: Callable[[D], Event],
    *,
    by: Actor,
    at: datetime,
    key: str | None = None,
    told: bool = True,
) -> list[D]:
    """Insert documents of one kind, each with the one entry that ``event_of`` says of it.

    Called when the document has its key. Inside an open door it joins the turn and needs no ``key``. Asks nobody for
    permission: the action that calls it does.
    """
    born = list(documents)
    if not born:
        return born
    model = type(born[0])
    assert all(type(document) is model and not document.version for document in born), "One kind, and newly made."
    with opening(by=by, key=key) as turn:
        _name([document for document in born if document.pk is None], model)
        forged = []
        for document in born:
            document.version = 1
            forged += chain.link(document, [(event_of(document), at, None, told)], turn=turn, changes={})
            turn.adopt(document)
            turn._bumped.add(document.subject)  # a later door of the same turn does not bump it again
        model._base_manager.bulk_create(born, batch_size=BATCH)
        for start in range(0, len(forged), BATCH):
            journal.write(forged[start : start + BATCH])
    return born


def _name(nameless: list[Any], model: type[Recorded]) -> None:
    """Take keys from the table's own sequence, so that events can name the rows before they are inserted."""
    if not nameless:
        return
    key = model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(IDS, [model._meta.db_table, key.column, len(nameless)])
        for document, (pk,) in zip(nameless, cursor.fetchall(), strict=True):
            document.pk = pk
