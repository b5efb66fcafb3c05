"""Passkeys at the portal's door: what opens a session, what does not, and what raw SQL under the portal's role can do."""

import json
import threading
from contextlib import contextmanager

import pytest
from django.db import connections
from django.utils.timezone import now
from fido2.utils import websafe_encode
from playwright.sync_api import expect

from config.fence.requests import pass_of
from config.settings.database import login
from foundation.journal import errands
from foundation.journal.relay import drain
from organization.people import links, portal_challenges
from organization.people.doorkeeping import judge, keep_the_door
from organization.people.models import PortalChallenge, PortalPasskey
from organization.people.passkeys import DOORBELL
from tests.browser import accept_everywhere, opening, serving
from tests.portal.roles import Browser, connected
from tests.portal.software_key import SoftwareKey
from tests.portal.test_sign_in import code, link, through, words  # noqa: F401  the fixture
from tests.portal.twins import open_table, twin, without
from tests.proofs import authenticator

REFUSED = "The passkey did not open anything here."


def with_passkey(place, person):
    """A passkey of the person's, and the key that answers for it."""
    key = SoftwareKey(str(person.actor))
    with connected("app", place.name):
        PortalPasskey.objects.create(
            person=person, credential=key.name, public_key=key.public_key, name="Phone", added_at=now()
        )
    return key


@pytest.fixture
def phone(place, world):
    return with_passkey(place, world.own.person)


def asked(browser, path="/sign-in/passkey/ask/"):
    return browser.post(path).json()["options"]


def judged(place):
    with connected("app", place.name):
        return keep_the_door()


def entered(browser, place, said):
    """Shown, judged, and the same form sent on, as the browser does."""
    form = {"credential": said, "next": "/orders/"}
    answer = browser.post("/sign-in/passkey/", form)
    assert (answer.status_code, answer["Location"]) == (307, "/sign-in/passkey/open/")
    judged(place)
    return browser.post(answer["Location"], form)


def is_in(browser):
    return browser.get("/orders/").status_code == 200


@pytest.mark.shared
class TestSigningIn:
    def test_takes_one_press_and_no_mail_address(self, place, world, phone, anonymous):
        answer = entered(anonymous, place, phone.shows(asked(anonymous)))

        assert (answer.status_code, answer["Location"]) == (303, "/orders/")
        assert is_in(anonymous)
        assert place.sql("SELECT person_id, opened_at IS NOT NULL FROM organization_portalsession") == [
            (world.own.person.pk, True)
        ]
        assert place.sql("SELECT uses, last_used_at IS NOT NULL FROM organization_portalpasskey") == [(1, True)]
        assert place.sql("SELECT verdict, answer FROM organization_portalchallenge") == [("proved", "")]

    def test_of_somebody_else_takes_over_the_browser(self, place, world, phone, foreign):
        entered(foreign, place, phone.shows(asked(foreign)))

        assert place.sql("SELECT person_id FROM organization_portalsession") == [(world.own.person.pk,)]

    def test_is_refused_in_the_same_words_whatever_is_wrong(self, place, world, phone):
        stranger = with_passkey(place, world.foreign.person)
        place.sql("UPDATE organization_person SET is_active = false WHERE id = %s", world.foreign.person.pk)
        first = Browser()
        replayed = phone.shows(asked(first))
        entered(first, place, replayed)
        lies = {
            "replayed": lambda options: replayed,
            "another challenge": lambda options: phone.shows(options, challenge="AAAA"),
            "a foreign origin": lambda options: phone.shows(options, origin="https://evil.example"),
            "a key that nobody knows": lambda options: SoftwareKey(phone.handle).shows(options),
            "a closed person": stranger.shows,
            "nonsense": lambda options: "{}",
            "nothing": lambda options: "",
            "too much": lambda options: "x" * 20_001,
        }

        answers = {}
        for name, lie in lies.items():
            browser = Browser()
            answers[name] = entered(browser, place, lie(asked(browser)))
            assert not is_in(browser), name

        assert {answer.status_code for answer in answers.values()} == {422}
        assert len({words(answer) for answer in answers.values()}) == 1
        assert REFUSED in answers["replayed"].content.decode()

    @twin(
        not_asked_again=without("fence.open_by_passkey", "AND fence.living(k.person_id)"),
    )
    def test_of_a_person_who_is_out_opens_nothing(self, place, world, phone, anonymous):
        place.sql("UPDATE organization_person SET is_active = false WHERE id = %s", world.own.person.pk)

        entered(anonymous, place, phone.shows(asked(anonymous)))

        assert opened(place) == 0

    @twin(not_asked_again=without("fence.open_by_passkey", "AND fence.living(k.person_id)"))
    def test_of_a_retired_supplier_opens_nothing(self, place, world, phone, anonymous):
        ((was,),) = place.sql("SELECT status FROM suppliers_supplier WHERE party_id = %s", world.own.supplier.pk)
        place.sql("UPDATE suppliers_supplier SET status = 'inactive' WHERE party_id = %s", world.own.supplier.pk)
        try:
            entered(anonymous, place, phone.shows(asked(anonymous)))
            assert opened(place) == 0
        finally:
            place.sql("UPDATE suppliers_supplier SET status = %s WHERE party_id = %s", was, world.own.supplier.pk)

    def test_in_another_browser_opens_nothing(self, place, phone, anonymous):
        said = phone.shows(asked(anonymous))
        anonymous.post("/sign-in/passkey/", {"credential": said})
        judged(place)

        other = Browser()

        assert other.post("/sign-in/passkey/open/").status_code == 422
        assert not is_in(other)

    def test_works_once(self, place, phone, anonymous):
        said = phone.shows(asked(anonymous))
        secret = anonymous.cookies["countersign_portal_passkey"].value
        entered(anonymous, place, said)
        anonymous.post("/sign-out/")

        anonymous.cookies["countersign_portal_passkey"] = secret

        assert entered(anonymous, place, said).status_code == 422

    def test_says_so_when_nobody_judges_it(self, place, phone, anonymous, monkeypatch):
        monkeypatch.setattr(portal_challenges, "PATIENCE", 0)
        anonymous.post("/sign-in/passkey/", {"credential": phone.shows(asked(anonymous))})

        answer = anonymous.post("/sign-in/passkey/open/")

        assert answer.status_code == 503
        assert "have a link mailed to you" in answer.content.decode().lower()

    @twin(unlimited=without("fence.ask_passkey", "IF NOT fence.within(", "IF false AND fence.within("))
    def test_can_be_tried_twenty_times_a_minute(self, place, world):
        statuses = [Browser().post("/sign-in/passkey/ask/").status_code for _ in range(21)]

        assert statuses == [200] * 20 + [429]

    def test_secret_is_out_of_reach_of_scripts_and_other_sites(self, anonymous):
        asked(anonymous)

        cookie = anonymous.cookies["countersign_portal_passkey"]

        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 300)


def web(question):
    return websafe_encode(bytes.fromhex(question))


def opened(place):
    return place.sql("SELECT count(*) FROM organization_portalsession WHERE person_id IS NOT NULL")[0][0]


@pytest.mark.shared
class TestRawSql:
    """Somebody owns the portal's connection. Its functions are his; nobody's passkey is."""

    def challenge(self, place, secret="s", *, shown=""):
        return place.raw("SELECT fence.ask_passkey(%s, false, '192.0.2.1')", secret, shown=shown)[0][0]

    def answered(self, place, said, secret="s", *, shown=""):
        place.raw("SELECT fence.answer_passkey(%s, %s, 'Mine')", secret, said, shown=shown)

    def open(self, place, secret="s"):
        return place.raw("SELECT fence.open_by_passkey(%s, 'new')", secret)[0][0]

    def shown(self, phone, question, **lies):
        return phone.shows(json.dumps({"publicKey": {"challenge": web(question)}}), **lies)

    def test_opens_with_the_passkey_itself_and_with_nothing_else(self, place, world, phone):
        question = self.challenge(place)
        self.answered(place, self.shown(phone, question))
        judged(place)

        assert self.open(place) == world.own.person.pk

    @twin(unproved=without("fence.open_by_passkey", "c.verdict = 'proved'", "true"))
    def test_what_was_refused_or_not_judged_opens_nothing(self, place, world, phone):
        ((pk,),) = place.sql("SELECT id FROM organization_portalpasskey")
        for verdict in ("", "refused"):
            secret = f"s{verdict}"
            self.challenge(place, secret)
            place.sql(
                "UPDATE organization_portalchallenge SET verdict = %s, passkey_id = %s WHERE secret_hash = fence.hashed(%s)",
                *(verdict, pk, secret),
            )
            assert self.open(place, secret) is None

    @twin(twice=without("fence.open_by_passkey", "AND c.used_at IS NULL"))
    def test_what_was_used_opens_nothing(self, place, phone):
        self.refused_when(place, phone, "used_at = now()")

    @twin(for_ever=without("fence.open_by_passkey", "AND c.expires_at > statement_timestamp()"))
    def test_what_is_too_old_opens_nothing(self, place, phone):
        self.refused_when(place, phone, "expires_at = now() - interval '1 s'")

    @twin(for_anything=without("fence.open_by_passkey", "AND c.person_id IS NULL"))
    def test_what_added_a_passkey_opens_nothing(self, place, phone):
        self.refused_when(place, phone, "person_id = (SELECT person_id FROM organization_portalpasskey)")

    @twin(removed=without("fence.open_by_passkey", "AND k.removed_at IS NULL"))
    def test_a_passkey_that_was_removed_meanwhile_opens_nothing(self, place, phone):
        self.answered(place, self.shown(phone, self.challenge(place)))
        judged(place)
        place.sql("UPDATE organization_portalpasskey SET removed_at = now()")

        assert self.open(place) is None

    def refused_when(self, place, phone, changes):
        self.answered(place, self.shown(phone, self.challenge(place)))
        judged(place)
        place.sql(f"UPDATE organization_portalchallenge SET {changes}")

        assert self.open(place) is None

    @twin(changeable=without("fence.answer_passkey", "AND c.answered_at IS NULL"))
    def test_an_answer_is_given_once(self, place, phone):
        question = self.challenge(place)
        self.answered(place, "{}")

        self.answered(place, self.shown(phone, question))
        judged(place)

        assert self.open(place) is None

    def test_a_key_of_ones_own_making_opens_nobody(self, place, world, phone):
        question = self.challenge(place)
        forged = SoftwareKey(phone.handle)
        forged.id = phone.id
        self.answered(place, self.shown(forged, question))
        judged(place)

        assert self.open(place) is None

    @twin(no_policy=open_table("organization_portalpasskey"))
    def test_shows_ones_own_passkeys_only(self, place, world, phone, own, foreign):
        count = "SELECT count(id) FROM organization_portalpasskey"

        assert place.raw(count, shown=pass_of(own.session_key)) == [(1,)]
        assert place.raw(count, shown=pass_of(foreign.session_key)) == [(0,)]
        assert place.raw(count) == [(0,)]

    @twin(anybody=without("fence.remove_passkey", "AND k.person_id = fence.me()"))
    def test_removes_none_of_another(self, place, phone, foreign):
        ((pk,),) = place.sql("SELECT id FROM organization_portalpasskey")

        assert place.raw("SELECT fence.remove_passkey(%s)", pk, shown=pass_of(foreign.session_key)) == [(False,)]
        assert foreign.post(f"/account/passkeys/{pk}/remove/", {"key": "k" * 12}).status_code == 404

    @twin(whenever=without("fence.is_fresh", "AND s.opened_at > statement_timestamp() - interval '15 minutes'"))
    def test_a_passkey_is_added_soon_after_signing_in_or_not_at_all(self, place, own):
        place.sql("UPDATE organization_portalsession SET opened_at = now() - interval '16 min'")

        assert place.raw("SELECT fence.ask_passkey('s', true, '')", shown=pass_of(own.session_key)) == [(None,)]
        assert own.post("/account/passkeys/ask/").status_code == 403
        assert "sign out and in again" in own.get("/account/sign-in/").content.decode()

    @twin(anybody=without("fence.answer_passkey", "(c.person_id IS NULL OR c.person_id = fence.me())", "true"))
    def test_a_challenge_of_another_person_is_not_answered(self, place, world, own, foreign):
        options = asked(own, "/account/passkeys/ask/")
        secret = own.cookies["countersign_portal_passkey"].value
        said = SoftwareKey(str(world.own.person.actor)).makes(options)

        self.answered(place, said, secret, shown=pass_of(foreign.session_key))

        assert place.sql("SELECT answered_at FROM organization_portalchallenge") == [(None,)]


class TestAddingOne:
    def added(self, browser, place, said, name="Phone"):
        form = {"credential": said, "name": name}
        answer = browser.post("/account/passkeys/", form)
        assert (answer.status_code, answer["Location"]) == (307, "/account/passkeys/added/")
        judged(place)
        return browser.post(answer["Location"], form)

    def mails(self, place):
        with connected("app", place.name):
            drain()
        return place.sql(
            'SELECT "to", text FROM organization_mail WHERE subject LIKE %s ORDER BY id', "Your sign-in to%"
        )

    def test_it_signs_in_until_it_is_removed_and_its_person_hears_of_both(self, place, world, own, anonymous):
        key, petra = SoftwareKey(str(world.own.person.actor)), world.own.person

        answer = self.added(own, place, key.makes(asked(own, "/account/passkeys/ask/")))

        assert answer["Location"] == "/account/sign-in/"
        listed = own.get("/account/sign-in/").content.decode()
        assert "Phone" in listed
        assert "not used yet" in listed
        entered(anonymous, place, key.shows(asked(anonymous)))
        assert is_in(anonymous)
        anonymous.post("/sign-out/")

        ((pk,),) = place.sql("SELECT id FROM organization_portalpasskey")
        own.post(f"/account/passkeys/{pk}/remove/", {"key": "k" * 12})
        assert "Phone" not in own.get("/account/sign-in/").content.decode()
        entered(anonymous, place, key.shows(asked(anonymous)))  # nobody of ours has taken it away yet
        assert not is_in(anonymous)
        assert place.sql("SELECT count(*) FROM organization_portalpasskey") == [(0,)]

        (to, first), (_, second) = self.mails(place)
        assert to == petra.email
        assert "You can now prove who you are with this: Phone." in first
        assert "removed and opens nothing any more: Phone." in second
        assert "http://localhost:8001/account/sign-in/" in first
        assert place.sql("SELECT name, by FROM foundation_entry WHERE subject LIKE 'organization.keyring:%%'") == [
            ("organization.people.events.FactorAdded", f"supplier:{petra.pk}"),
            ("organization.people.events.FactorRemoved", f"supplier:{petra.pk}"),
        ]

    def test_nothing_is_kept_of_what_proves_nothing(self, place, world, own):
        key = SoftwareKey(str(world.own.person.actor))

        answer = self.added(own, place, key.makes(asked(own, "/account/passkeys/ask/"), origin="https://evil.example"))

        assert answer.status_code == 422
        assert "no passkey that could be kept" in answer.content.decode()
        assert place.sql("SELECT count(*) FROM organization_portalpasskey") == [(0,)]

    def test_one_that_is_there_already_is_not_taken_over(self, place, world, own, foreign):
        key = with_passkey(place, world.own.person)

        answer = self.added(foreign, place, key.makes(asked(foreign, "/account/passkeys/ask/")))

        assert answer.status_code == 422
        assert place.sql("SELECT person_id FROM organization_portalpasskey") == [(world.own.person.pk,)]

    def test_two_relays_keep_it_once(self, place, world, own):
        key = SoftwareKey(str(world.own.person.actor))
        form = {"credential": key.makes(asked(own, "/account/passkeys/ask/")), "name": "Phone"}
        own.post("/account/passkeys/", form)
        with connected("app", place.name):
            challenge = PortalChallenge.objects.select_related("person").get()
            for _ in range(2):
                judge(challenge)

        assert place.sql("SELECT verdict FROM organization_portalchallenge") == [("proved",)]
        assert place.sql("SELECT count(*) FROM organization_portalpasskey") == [(1,)]
        assert place.sql("SELECT count(*) FROM foundation_entry WHERE name LIKE '%%FactorAdded'") == [(1,)]

    def test_shutting_a_person_out_takes_them_away(self, place, world):
        with_passkey(place, world.own.person)
        with connected("app", place.name):
            links.revoke(world.own.person)

        assert place.sql("SELECT count(*) FROM organization_portalpasskey") == [(0,)]


@pytest.mark.shared
class TestTheOffer:
    WORDS = "Next time without a code"

    def test_comes_after_a_code_and_once_declined_never_again(self, place, anonymous, link):
        through(anonymous, place, link)
        assert self.WORDS in anonymous.get("/orders/").content.decode()

        anonymous.post("/account/passkeys/decline/", {"next": "/orders/"})
        assert self.WORDS not in anonymous.get("/orders/").content.decode()
        place.sql("UPDATE organization_mail SET key = 'old'")
        again = Browser()
        through(again, place, link)
        assert self.WORDS not in again.get("/orders/").content.decode()

    def test_does_not_come_to_whoever_has_one_or_a_password(self, place, world, phone, anonymous, own, link):
        through(anonymous, place, link)

        assert self.WORDS not in anonymous.get("/orders/").content.decode()
        assert self.WORDS not in own.get("/orders/").content.decode()


@contextmanager
def relay(place):
    """The relay's errand in a thread of its own, under the back office's role, woken by the bell."""
    over = threading.Event()

    def attend():
        template = connections["default"]
        said = {**template.settings_dict, **login("app"), "NAME": place.name, "ATOMIC_REQUESTS": False}
        connections["default"] = type(template)(said, "default")
        errands.run(DOORBELL, keep_the_door, over, poll=0.2)

    thread = threading.Thread(target=attend)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.browser
def test_added_after_a_code_it_signs_in_by_one_press(place, world, chromium, link, settings):
    with serving() as address, relay(place):
        home = settings.PORTAL_ADDRESS = address.replace("127.0.0.1", "localhost")
        for eyes in opening(chromium, home):
            page = eyes(None, link)
            with authenticator(page) as made:
                # a code, as always, and then the quiet offer
                page.get_by_role("button", name="Mail me the code").click()
                page.get_by_label("Code").fill(code(place))
                page.get_by_role("button", name="Go on").click()
                page.get_by_role("link", name="Add a passkey").click()
                page.get_by_label("Name", exact=False).first.fill("Desk")
                page.get_by_role("button", name="Add a passkey").click()
                expect(page.get_by_text("The passkey is kept.")).to_be_visible()
                assert len(made()) == 1
                accept_everywhere(page, "portal-ways-in")

                # out, and in again by one press, where one wanted to go
                page.set_viewport_size({"width": 1440, "height": 900})
                page.locator(".person-menu summary").click()
                page.get_by_role("button", name="Sign out").click()
                page.goto(f"{home}/sign-in/?next=/orders/")
                page.get_by_role("button", name="Sign in with a passkey").click()
                expect(page).to_have_url(f"{home}/orders/")
                assert place.sql("SELECT name, last_used_at > added_at FROM organization_portalpasskey") == [
                    ("Desk", True)
                ]

                # the mailed link of an order leads there without a code, in a browser that never saw one
                page.context.clear_cookies()
                page.goto(f"{home}{link}")
                page.get_by_role("button", name="Sign in with a passkey").click()
                expect(page).to_have_url(f"{home}/orders/{world.own.order.public_id}/")

                # removed, the same press opens nothing and says what else does
                page.goto(f"{home}/account/sign-in/")
                page.get_by_role("button", name="Remove Desk").click()
                expect(page.get_by_text("opens nothing any more")).to_be_visible()
                page.context.clear_cookies()
                page.goto(f"{home}/sign-in/")
                page.get_by_role("button", name="Sign in with a passkey").click()
                expect(page.get_by_role("alert").get_by_text("did not open anything")).to_be_visible()
