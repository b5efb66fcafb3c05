"""Status: what became of a message, in the answer to it or later. About messages, never about business.

200 says that it arrived and will be processed; whoever accepts an order says so in a ConfirmationRequest.
"""

from django.utils.translation import gettext as _

from integration.canon.acknowledgements import ACCEPTED, RECEIVED, REJECTED, Acknowledgement, Trouble
from integration.canon.faults import Level
from integration.xml.tables import OWN, Map, Say, Values, inside, text

FORWARDED = frozenset({"201", "211", "280", "281"})
"""Taken on, and not yet executed; a StatusUpdateRequest follows."""
STATUS = inside("Status", text("@code", "status"), text("@text", "title"), text(OWN, "text_"), needed="code")


def _heard(found: Values, say: Say) -> Values:
    status, title, more = (found.pop(name, "") for name in ("status", "title", "text_"))
    if len(status) != 3 or not status.isdigit() or status[0] not in "245":
        say(Level.HOLD, "code_unknown", _("Status “%(code)s” is not known here.") % {"code": status[:40]})
        return found
    found["code"] = (RECEIVED if status in FORWARDED else ACCEPTED) if status[0] == "2" else REJECTED
    if found["code"] == REJECTED:
        found["troubles"] = [Trouble(code=status, text=": ".join(filter(None, (title, more))))]
    return found


RESPONSE = Map(kind="Response", document=Acknowledgement, rows=(STATUS,), heard=_heard)
UPDATE = Map(
    kind="StatusUpdateRequest",
    document=Acknowledgement,
    rows=(inside("DocumentReference", text("@payloadID", "control")), STATUS),
    heard=_heard,
)
MAPS = (RESPONSE, UPDATE)
