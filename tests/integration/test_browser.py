"""Finance, suppliers, organization and integration, seen in a browser at three widths and in both themes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from finance.invoices.models import Invoice
from finance.matching.models import MatchTolerance
from foundation.journal.models import Delivery, Entry
from suppliers.contracts import actions as contracts
from suppliers.contracts.actions import Agreed
from suppliers.supplier_items.models import SupplierItem
from suppliers.suppliers import actions as suppliers
from tests.browser import THEMES, WIDTHS, accept
from tests.finance.invoices.test_views import received
from tests.flows.test_requisition_to_stock import billed
from tests.scene import NOW, SETUP, TODAY, VERBS, Scene, fresh, give, key, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
Eyes = Callable[..., Page]

EVERYTHING = [
    *["see_invoice", "capture_invoice", "accept_variance", "release_invoice", "edit_match_tolerance"],
    *["see_budget", "edit_budget", "see_supplier", "edit_supplier", "block_supplier", "edit_contract"],
    *["see_people", "grant_role", "edit_master_data", "see_audit", "see_integration", "replay_delivery", "see_order"],
]


@pytest.fixture
def addresses(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A little of everything, and where it is shown."""
    monkeypatch.setitem(VERBS, "Everything", EVERYTHING)
    scene.people["all"] = person("anna")
    give(scene.people["all"], "Everything")
    MatchTolerance.objects.update(straight_through_cap=None, price_percent=2)
    order = received(scene, 70)
    dear = billed(scene, order, quantity=70, price="2.50")
    billed(scene, order, quantity=100)
    received(scene, 100)
    ready = billed(scene, received(scene, 100), quantity=100, price="1.99")
    contract = contracts.draft(
        supplier=scene.supplier,
        entity=scene.entity,
        title="Bolts 2026",
        currency="EUR",
        starts_on=TODAY,
        ends_on=TODAY.replace(month=12),
        ceiling_amount=5000,
        agreed=[Agreed(item=item, price=1, ceiling_quantity=100) for item in scene.items],
        by=SETUP,
        at=NOW,
        key=key(),
    )
    contact = {"name": "Petra Nord", "email": "petra@nordfast.example", "phone": "", "purpose": "orders"}
    supplier = fresh(scene.supplier)
    suppliers.add_contact(supplier=supplier, contact=contact, by=SETUP, at=NOW, seen=supplier.version, key=key())
    Invoice._base_manager.filter(pk=ready.pk).update(total_amount=dear.total_amount)
    offer = SupplierItem.objects.first()
    waiting = Delivery.objects.filter(subscriber__startswith="integration").first()
    Delivery.objects.filter(pk=waiting.pk).update(status="parked", attempts=12, note="Declined: The period is closed.")
    return {
        "invoices": "/invoices/?view=all",
        "invoice-differs": f"/invoices/{dear.number}/",
        "invoice-ready": f"/invoices/{ready.number}/",
        "capture-which": "/invoices/new/",
        "capture": f"/invoices/new/?orders={order.number}",
        "unbilled": "/invoices/unbilled/",
        "tolerances": "/invoices/tolerances/",
        "tolerance": f"/invoices/tolerances/{MatchTolerance.objects.get().pk}/",
        "budgets": "/budgets/",
        "budget": f"/budgets/{scene.budget.pk}/",
        "suppliers": "/suppliers/",
        "supplier": "/suppliers/S-100/",
        "terms": "/suppliers/S-100/terms/",
        "offers": "/suppliers/offers/",
        "offer": f"/suppliers/offers/{offer.pk}/",
        "contracts": "/suppliers/contracts/?view=all",
        "contract": f"/suppliers/contracts/{contract.number}/",
        "contract-new": "/suppliers/contracts/new/",
        "items": "/items/",
        "item": "/items/BOLT-6/",
        "site": "/sites/RTM/",
        "people": "/people/",
        "person": f"/people/{scene.people['buyer'].pk}/?verb=issue_order",
        "audit": "/audit/",
        "audit-entry": f"/audit/{Entry.objects.filter(subject=order.subject).latest('id').pk}/",
        "monitor": "/integration/",
        "deliveries": "/integration/deliveries/",
        "delivery": f"/integration/deliveries/{waiting.pk}/",
        "erp": "/integration/erp/",
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_screen_is_accessible_and_fits(
    eyes: Eyes, scene: Scene, addresses: dict[str, str], width: int, theme: str
) -> None:
    faults = {}
    for name, address in addresses.items():
        page = eyes(scene.people["all"], address, width=width, theme=theme)
        expect(page.get_by_role("main")).to_be_visible()
        try:
            accept(page, f"{name}-{width}-{theme}")
        except AssertionError as fault:
            faults[name] = str(fault)[:600]
        page.context.close()
    assert not faults, faults
