"""Asking, deciding, taking back."""

import pytest

from governance.approvals.models import Task
from procurement.requisitions.models import Requisition
from tests.governance.scene import approve_by, decide


@pytest.fixture
def manager(company):
    return company.fill("Branch manager", "Mia Manager")


@pytest.fixture
def one_step(company, manager):
    company.matrix({"document_kind": "requisition", "steps": [approve_by("Branch manager")]})
    return company.asked()


class TestAsk:
    def test_puts_the_step_into_the_inbox_of_who_fills_the_role_there(self, one_step, manager):
        assert [task.person for task in Task.objects.filter(is_open=True)] == [manager]


class TestDecide:
    def test_grants_the_document_in_the_same_turn(self, one_step, manager):
        document, request = one_step

        request = decide(manager, request, "Branch manager")

        assert request.status == "granted"
        assert Requisition._base_manager.get(pk=document.pk).status == "approved"


class TestHold:
    def test_x(self, one_step, manager, settings):
        settings.APPROVAL_HOLD_SECONDS = 0.05
        document, request = one_step
        request = decide(manager, request, "Branch manager")
        assert request.status == "open"
        import time
        from foundation.journal.relay import drain
        drain()
        time.sleep(0.06)
        assert drain() == 1
        assert Requisition._base_manager.get(pk=document.pk).status == "approved"
        print(names_of(request.subject), names_of(document.subject))
