"""How procurement's states are shown."""

from foundation.screens import tones
from foundation.screens.tones import BAD, INFO, NEUTRAL, OK, WAIT, WARN
from procurement.changes.lifecycle import ChangeState
from procurement.confirmations.lifecycle import ConfirmationState
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import Confirmed, Synced
from procurement.requisitions.lifecycle import RequisitionState

tones.register(
    RequisitionState,
    {
        RequisitionState.DRAFT: NEUTRAL,
        RequisitionState.IN_APPROVAL: WAIT,
        RequisitionState.RETURNED: WARN,
        RequisitionState.APPROVED: OK,
        RequisitionState.PARTLY_ORDERED: INFO,
        RequisitionState.ORDERED: OK,
        RequisitionState.REJECTED: BAD,
        RequisitionState.CANCELLED: NEUTRAL,
    },
)
tones.register(
    OrderState,
    {
        OrderState.DRAFT: NEUTRAL,
        OrderState.IN_APPROVAL: WAIT,
        OrderState.APPROVED: OK,
        OrderState.ISSUED: INFO,
        OrderState.CLOSED: NEUTRAL,
        OrderState.CANCELLED: NEUTRAL,
        OrderState.REJECTED: BAD,
    },
)
tones.register(
    Confirmed,
    {
        Confirmed.NONE: WAIT,
        Confirmed.ACKNOWLEDGED: INFO,
        Confirmed.PARTLY: INFO,
        Confirmed.CONFIRMED: OK,
        Confirmed.CHANGED: WARN,
        Confirmed.REJECTED: BAD,
        Confirmed.DEEMED: OK,
    },
)
tones.register(Synced, {Synced.NONE: NEUTRAL, Synced.PENDING: INFO, Synced.SYNCED: OK, Synced.FAILED: BAD})
tones.register(
    ChangeState,
    {
        ChangeState.PROPOSED: WAIT,
        ChangeState.IN_APPROVAL: WAIT,
        ChangeState.APPLIED: OK,
        ChangeState.AWAITING_SUPPLIER: WAIT,
        ChangeState.ACCEPTED: OK,
        ChangeState.DECLINED: BAD,
        ChangeState.WITHDRAWN: NEUTRAL,
        ChangeState.SUPERSEDED: NEUTRAL,
    },
)
tones.register(
    ConfirmationState,
    {
        ConfirmationState.RECEIVED: INFO,
        ConfirmationState.ACKNOWLEDGED: INFO,
        ConfirmationState.ACCEPTED: OK,
        ConfirmationState.IN_EXCEPTION: WARN,
        ConfirmationState.REFUSED: BAD,
        ConfirmationState.SUPERSEDED: NEUTRAL,
    },
)
