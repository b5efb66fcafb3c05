"""How governance's states are shown."""

from foundation.screens import tones
from foundation.screens.tones import BAD, INFO, NEUTRAL, OK, WAIT, WARN
from governance.access.lifecycle import AcceptanceState, ItemState, ReviewState
from governance.approvals.lifecycle import RequestState, StepState
from governance.authority.lifecycle import MatrixState
from governance.cases.lifecycle import CaseState
from governance.cases.models import Severity
from governance.parameters.lifecycle import ValueState
from governance.permits.lifecycle import PermitState
from governance.waivers.lifecycle import WaiverState

tones.register(
    CaseState,
    {
        CaseState.OPEN: WARN,
        CaseState.IN_PROGRESS: INFO,
        CaseState.WAITING_SUPPLIER: WAIT,
        CaseState.WAITING_INTERNAL: WAIT,
        CaseState.RESOLVED: OK,
        CaseState.AUTO_RESOLVED: OK,
        CaseState.CLOSED: NEUTRAL,
    },
)
tones.register(Severity, {Severity.LOW: NEUTRAL, Severity.NORMAL: NEUTRAL, Severity.HIGH: WARN})
tones.register(
    RequestState,
    {
        RequestState.OPEN: WAIT,
        RequestState.GRANTED: OK,
        RequestState.REFUSED: BAD,
        RequestState.RETURNED: WARN,
        RequestState.WITHDRAWN: NEUTRAL,
        RequestState.SUPERSEDED: NEUTRAL,
    },
)
tones.register(
    StepState,
    {
        StepState.WAITING: NEUTRAL,
        StepState.ACTIVE: WAIT,
        StepState.HELD: INFO,
        StepState.APPROVED: OK,
        StepState.REJECTED: BAD,
        StepState.RETURNED: WARN,
        StepState.SKIPPED: NEUTRAL,
        StepState.VOIDED: NEUTRAL,
    },
)
tones.register(
    AcceptanceState,
    {
        AcceptanceState.ASKED: WAIT,
        AcceptanceState.ACCEPTED: OK,
        AcceptanceState.DECLINED: BAD,
        AcceptanceState.EXPIRED: WARN,
        AcceptanceState.TAKEN_BACK: NEUTRAL,
    },
)
tones.register(
    ReviewState,
    {
        ReviewState.RUNNING: INFO,
        ReviewState.OVERDUE: BAD,
        ReviewState.DONE: OK,
        ReviewState.CALLED_OFF: NEUTRAL,
    },
)
tones.register(
    ItemState,
    {ItemState.OPEN: WAIT, ItemState.KEPT: OK, ItemState.REMOVED: BAD, ItemState.GONE: NEUTRAL},
)
tones.register(
    MatrixState,
    {
        MatrixState.DRAFT: NEUTRAL,
        MatrixState.PLANNED: WAIT,
        MatrixState.ACTIVE: OK,
        MatrixState.SUPERSEDED: NEUTRAL,
    },
)
tones.register(
    ValueState,
    {
        ValueState.PROPOSED: WAIT,
        ValueState.IN_FORCE: OK,
        ValueState.REJECTED: BAD,
        ValueState.WITHDRAWN: NEUTRAL,
        ValueState.ENDED: NEUTRAL,
        ValueState.EXPIRED: NEUTRAL,
    },
)
tones.register(
    WaiverState,
    {
        WaiverState.ASKED: WAIT,
        WaiverState.GRANTED: OK,
        WaiverState.REJECTED: BAD,
        WaiverState.WITHDRAWN: NEUTRAL,
        WaiverState.REVOKED: NEUTRAL,
        WaiverState.EXPIRED: NEUTRAL,
    },
)
tones.register(PermitState, {PermitState.ASKED: WAIT, PermitState.GRANTED: OK, PermitState.REFUSED: BAD})
