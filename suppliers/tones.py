"""How the states of suppliers, contracts and submissions are shown."""

from foundation.screens import tones
from foundation.screens.tones import BAD, HOLD, INFO, NEUTRAL, OK, WARN
from suppliers.contracts.lifecycle import ContractState
from suppliers.submissions.lifecycle import SubmissionState
from suppliers.suppliers.lifecycle import SupplierState

tones.register(
    SupplierState,
    {
        SupplierState.PROSPECT: NEUTRAL,
        SupplierState.ACTIVE: OK,
        SupplierState.RESTRICTED: WARN,
        SupplierState.BLOCKED: HOLD,
        SupplierState.INACTIVE: NEUTRAL,
    },
)
tones.register(ContractState, {ContractState.DRAFT: NEUTRAL, ContractState.ACTIVE: OK, ContractState.ENDED: NEUTRAL})
tones.register(
    SubmissionState,
    {SubmissionState.RECEIVED: INFO, SubmissionState.APPLIED: OK, SubmissionState.REFUSED: BAD},
)
