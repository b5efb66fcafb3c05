"""Passkeys in a real browser: made, used to sign in and to confirm, on a phone and a desk, under our own CSP."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from foundation.journal.models import Entry
from foundation.journal.relay import drain
from foundation.screens.proving import PROVED
from organization.people import factors
from organization.people.models import OfficeSession
from organization.people.sessions import SessionStore
from organization.scopes import actions as scopes
from suppliers.suppliers import actions as suppliers
from tests.browser import accept_everywhere, opening, overflow, serving
from tests.governance.approvals.test_browser import approve_button
from tests.governance.approvals.test_mailed import path_to
from tests.procurement.conftest import on_the_day  # noqa: F401  fixture
from tests.proofs import authenticator, before, code, key, with_app
from tests.scene import NOW, PASSWORD, SETUP, VERBS, Scene, fresh, requested

pytestmark = pytest.mark.browser


@pytest.fixture
def home(chromium: Browser, db: None) -> Iterator[Callable[..., Page]]:
    """As ``eyes``, at a host that has a name: passkeys belong to names."""
    cache.clear()
    with serving() as address:
        yield from opening(chromium, address.replace("127.0.0.1", "localhost"))


@pytest.fixture
def prospect(db: None, scene: Scene) -> Any:
    party, terms = {"name": "Neu AG", "country": "DE"}, {"currency": "EUR"}
    return suppliers.enroll(number="S-900", party=party, terms=terms, contact=None, is_active=False, **by_setup())


def by_setup() -> dict[str, Any]:
    return {"by": SETUP, "at": NOW, "key": key()}


@pytest.fixture
def asked(scene: Scene) -> Any:
    """A request above what the manager decides without a fresh proof."""
    limit = {"name": "Branch manager", "verbs": VERBS["Branch manager"], "step_up_above": Decimal(50)}
    scopes.define_role(**limit, **by_setup())
    made = requested(scene)
    drain()
    return made


def let_the_proof_age(person: Any) -> None:
    for row in OfficeSession.objects.filter(person=person):
        session = SessionStore(row.pk)
        session[PROVED] = before(6).isoformat()
        session.save()


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("Mail address").fill(email)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_made_signs_in_and_confirms(home: Callable[..., Page], scene: Scene, asked: Any) -> None:
    manager = scene.people["manager"]
    page = home(None, "/sign-in/")
    accept_everywhere(page, "sign-in")
    with authenticator(page) as made:
        sign_in(page, manager.email)

        # offered after the first sign-in, made with two presses
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label("Name", exact=False).first.fill("Desk")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_text("The passkey is kept.")).to_be_visible()
        assert len(made()) == 1
        assert [factors.name_of(row) for row in factors.of(manager.pk)] == ["Desk"]
        expect(page.get_by_text("Only this device knows you. Add a second.")).to_be_visible()
        accept_everywhere(page, "security")

        # it confirms what weighs much, and the approval goes on by itself
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(page.url.partition("/security")[0] + path_to("manager"))
        approve_button(page).click()
        expect(page.get_by_role("dialog").get_by_role("heading", name="Show that it is you")).to_be_visible()
        page.get_by_role("button", name="Use a passkey").click()
        expect(page).to_have_url(re.compile("/inbox/$"))
        assert fresh(asked).status == "approved"

        # and it signs in without a mail address
        page.context.clear_cookies()
        page.goto(page.url.partition("/inbox")[0] + "/sign-in/?next=/preferences/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", name="Preferences")).to_be_visible()


def test_from_the_mail_three_clicks_with_a_passkey(home: Callable[..., Page], scene: Scene, asked: Any) -> None:
    """Bar 1: the link, the passkey, the button; above the step-up limit too, for the sign-in was the proof."""
    manager = scene.people["manager"]
    page = home(manager, "/security/", width=390, proved=False)
    with authenticator(page):
        session = SessionStore(OfficeSession.objects.get(person=manager).pk)
        session["known_at"] = before(0).isoformat()
        session.save()
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_text("The passkey is kept.")).to_be_visible()
        page.context.clear_cookies()

        page.goto(page.url.partition("/security")[0] + path_to("manager"))
        page.get_by_role("button", name="Sign in with a passkey").click()
        approve_button(page).click()

        expect(page).to_have_url(re.compile("/inbox/$"))
        assert fresh(asked).status == "approved"


def test_a_code_confirms_in_a_dialog_and_without_scripts_on_a_page(
    home: Callable[..., Page], scene: Scene, prospect: Any
) -> None:
    who = with_app(scene.people["buyer"])
    verbs = [*VERBS["Buyer"], "see_people", "grant_role"]
    scopes.define_role(name="Buyer", verbs=verbs, **by_setup())
    scopes.give_role(person=who, role=Group.objects.get(name="Buyer"), scope=scopes.scope_of(), **by_setup())

    page = home(who, f"/people/{scene.people['planner'].pk}/", width=390, proved=False)
    page.get_by_label("Reason").fill("moved to Utrecht")
    page.get_by_role("button", name="End Planner").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Show that it is you")).to_be_visible()
    expect(dialog.get_by_label("Code", exact=True)).to_have_attribute("autocomplete", "one-time-code")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="End Planner").click()
    dialog.get_by_label("Code", exact=True).fill(code())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ended roles (1)")).to_be_visible()
    assert Entry.objects.get(name="organization.scopes.events.RoleEnded").facts["reason"] == "moved to Utrecht"

    let_the_proof_age(who)
    page = home(who, "/suppliers/S-900/approval/", script=False, proved=False)
    page.get_by_role("button", name="Approve: it may be ordered from").click()
    expect(page.get_by_label("Code", exact=True)).to_be_visible()
    assert not overflow(page)
    page.get_by_label("Code", exact=True).fill(code(steps=1))
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("button", name="Approve: it may be ordered from")).to_have_count(0)
    assert fresh(prospect).status == "active"
