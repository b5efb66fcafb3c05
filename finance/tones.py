"""How finance's states are shown."""

from finance.invoices.lifecycle import InvoiceState
from foundation.screens import tones
from foundation.screens.tones import BAD, HOLD, INFO, NEUTRAL, OK, WAIT, WARN

tones.register(
    InvoiceState,
    {
        InvoiceState.RECEIVED: INFO,
        InvoiceState.WAITING_RECEIPT: WAIT,
        InvoiceState.VARIANCE: WARN,
        InvoiceState.BLOCKED: HOLD,
        InvoiceState.MATCHED: OK,
        InvoiceState.APPROVED: OK,
        InvoiceState.RELEASED: OK,
        InvoiceState.REJECTED: BAD,
        InvoiceState.CANCELLED: NEUTRAL,
    },
)
