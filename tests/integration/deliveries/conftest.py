"""The stand-in ERP, as the tests of the ERP client have it."""

from tests.integration.erp.conftest import erp, shared_erp  # noqa: F401
