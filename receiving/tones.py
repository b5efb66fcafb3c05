"""How receiving's states are shown."""

from foundation.screens import tones
from foundation.screens.tones import BAD, HOLD, INFO, NEUTRAL, OK, WAIT, WARN
from receiving.notices.lifecycle import NoticeState
from receiving.receipts.lifecycle import ReceiptState
from receiving.stock.models import StockStatus

tones.register(
    ReceiptState,
    {
        ReceiptState.OPEN: INFO,
        ReceiptState.POSTED: OK,
        ReceiptState.REVERSED: WARN,
        ReceiptState.DISCARDED: NEUTRAL,
    },
)
tones.register(
    NoticeState,
    {
        NoticeState.ACCEPTED: INFO,
        NoticeState.FLAGGED: WARN,
        NoticeState.ARRIVED: WAIT,
        NoticeState.RECEIVING: INFO,
        NoticeState.RECEIVED: OK,
        NoticeState.CANCELLED: NEUTRAL,
    },
)
tones.register(
    StockStatus,
    {
        StockStatus.AVAILABLE: OK,
        StockStatus.INSPECTION: HOLD,
        StockStatus.HOLD: HOLD,
        StockStatus.DAMAGED: BAD,
        StockStatus.IN_TRANSIT: INFO,
    },
)
