"""How the states of suppliers, contracts and submissions are shown."""

from foundation.screens import tones
from foundation.screens.tones import BAD, HOLD, INFO, NEUTRAL, OK, WAIT, WARN
from suppliers.banking.lifecycle import AccountState
from suppliers.contracts.lifecycle import ContractState
from suppliers.documents.lifecycle import DocumentState
from suppliers.documents.rules import Standing
from suppliers.onboarding.lifecycle import CompanyState
from suppliers.submissions.lifecycle import SubmissionState
from suppliers.suppliers.lifecycle import SupplierState
from suppliers.suppliers.models import Risk

tones.register(
    SupplierState,
    {
        SupplierState.PROSPECT: NEUTRAL,
        SupplierState.INVITED: INFO,
        SupplierState.IN_REVIEW: WAIT,
        SupplierState.ACTIVE: OK,
        SupplierState.RESTRICTED: WARN,
        SupplierState.BLOCKED: HOLD,
        SupplierState.INACTIVE: NEUTRAL,
    },
)
tones.register(
    AccountState,
    {
        AccountState.PROPOSED: WAIT,
        AccountState.CALLED: INFO,
        AccountState.ACTIVE: OK,
        AccountState.REFUSED: BAD,
        AccountState.REPLACED: NEUTRAL,
    },
)
tones.register(
    DocumentState,
    {
        DocumentState.SENT: WAIT,
        DocumentState.ACCEPTED: OK,
        DocumentState.REFUSED: BAD,
        DocumentState.REPLACED: NEUTRAL,
    },
)
tones.register(
    Standing,
    {
        Standing.MISSING: BAD,
        Standing.IN_REVIEW: WAIT,
        Standing.REFUSED: BAD,
        Standing.EXPIRED: BAD,
        Standing.ENDING: WARN,
        Standing.VALID: OK,
    },
)
tones.register(CompanyState, {CompanyState.SAID: WAIT, CompanyState.TAKEN: NEUTRAL})
tones.register(Risk, {Risk.LOW: OK, Risk.MEDIUM: WARN, Risk.HIGH: BAD})
tones.register(ContractState, {ContractState.DRAFT: NEUTRAL, ContractState.ACTIVE: OK, ContractState.ENDED: NEUTRAL})
tones.register(
    SubmissionState,
    {SubmissionState.RECEIVED: INFO, SubmissionState.APPLIED: OK, SubmissionState.REFUSED: BAD},
)
