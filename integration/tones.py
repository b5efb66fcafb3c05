"""How the states of imports and of documents in the ERP are shown."""

from foundation.journal.models import Delivery
from foundation.screens import tones
from foundation.screens.tones import BAD, INFO, NEUTRAL, OK, WAIT, WARN
from integration.erp.models import ErpDocument
from integration.imports.models import ImportState
from integration.inbox.lifecycle import InboundState
from integration.sending.lifecycle import OutboundState

tones.register(
    ImportState,
    {
        ImportState.STAGED: WAIT,
        ImportState.RUNNING: INFO,
        ImportState.APPLIED: OK,
        ImportState.UNDONE: NEUTRAL,
        ImportState.DISCARDED: NEUTRAL,
    },
)
tones.register(
    ErpDocument.State,
    {
        ErpDocument.State.PENDING: INFO,
        ErpDocument.State.UNKNOWN: WARN,
        ErpDocument.State.POSTED: OK,
        ErpDocument.State.REFUSED: BAD,
    },
)
tones.register(
    Delivery.Status,
    {
        Delivery.Status.READY: INFO,
        Delivery.Status.DONE: OK,
        Delivery.Status.PARKED: BAD,
        Delivery.Status.SKIPPED: NEUTRAL,
    },
)
tones.register(
    InboundState,
    {
        InboundState.RECEIVED: INFO,
        InboundState.APPLIED: OK,
        InboundState.HELD: WARN,
        InboundState.REFUSED: BAD,
        InboundState.DUPLICATE: NEUTRAL,
        InboundState.KEPT: NEUTRAL,
    },
)
tones.register(
    OutboundState,
    {
        OutboundState.WRITTEN: INFO,
        OutboundState.SENT: OK,
        OutboundState.ACCEPTED: OK,
        OutboundState.REFUSED: BAD,
        OutboundState.STOPPED: WARN,
        OutboundState.KEPT: NEUTRAL,
    },
)
