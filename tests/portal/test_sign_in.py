"""The portal's door: passwords, mailed links, codes, trusted devices; and nothing said to those who guess."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from organization.people import links
from tests.portal.conftest import signed_in
from tests.portal.roles import Browser, connected
from tests.portal.twins import twin, without
from tests.portal.world import PASSWORD

pytestmark = pytest.mark.shared


def asked(browser, email, password=PASSWORD):
    return browser.post("/sign-in/", {"email": email, "password": password})


def words(answer):
    """A page without what is different each time."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r"[\w.+-]+@[\w.-]+", "", text)


class TestPassword:
    def test_opens_a_session_under_a_new_key(self, place, world, anonymous):
        anonymous.cookies["countersign_portal"] = "fixed-by-somebody-else-00000000"

        assert asked(anonymous, world.own.person.email.upper()).status_code == 302

        assert anonymous.session_key != "fixed-by-somebody-else-00000000"
        assert anonymous.get("/orders/").status_code == 200

    @twin(
        anything_goes=without("fence.sign_in", "AND c.encoded = proof"),
    )
    def test_that_is_wrong_opens_nothing(self, place, world, anonymous):
        assert asked(anonymous, world.own.person.email, "wrong").status_code == 422
        assert anonymous.get("/orders/").status_code == 302

    def test_of_an_internal_person_opens_nothing_here(self, place, world, anonymous):
        assert asked(anonymous, "buyer@noordzee.example").status_code == 422
        assert place.sql("SELECT count(*) FROM organization_portalsession WHERE person_id IS NOT NULL") == [(0,)]

    def test_is_refused_in_the_same_words_whoever_it_is(self, world):
        tries = [
            (world.own.person.email, "wrong"),
            ("nobody@example.com", PASSWORD),
            ("buyer@noordzee.example", PASSWORD),
        ]

        answers = [asked(Browser(), email, password) for email, password in tries]

        assert len({(answer.status_code, words(answer)) for answer in answers}) == 1

    @twin(unlimited=without("fence.sign_in", "IF NOT fence.may_try(lower(mail), address)", "IF false"))
    def test_can_be_tried_five_times_a_minute(self, world, anonymous):
        for _ in range(5):
            assert asked(anonymous, world.own.person.email, "wrong").status_code == 422

        answer = asked(anonymous, world.own.person.email)

        assert answer.status_code == 429
        assert answer["Retry-After"] == "60"

    def test_does_not_lock_out_its_owner_who_is_elsewhere(self, world, anonymous):
        for _ in range(7):
            asked(anonymous, world.own.person.email, "wrong")

        elsewhere = Browser(REMOTE_ADDR="192.0.2.7")

        assert asked(elsewhere, world.own.person.email).status_code == 302

    def test_of_somebody_else_takes_over_the_browser_and_ends_the_first_session(self, place, world, own):
        before = own.session_key

        asked(own, world.foreign.person.email)

        assert own.session_key != before
        assert place.sql("SELECT person_id FROM organization_portalsession") == [(world.foreign.person.pk,)]

    def test_leads_on_within_the_portal_only(self, world, anonymous):
        for there, goal in (
            ("/orders/?view=all", "/orders/?view=all"),
            ("https://evil.example/x", "/x"),
            ("//evil", "/"),
        ):
            form = {"email": world.own.person.email, "password": PASSWORD, "next": there}
            assert anonymous.post("/sign-in/", form)["Location"] == goal
            anonymous.post("/sign-out/")

    def test_signing_out_ends_the_session_for_good(self, place, own):
        key = own.session_key
        own.post("/sign-out/")

        own.cookies["countersign_portal"] = key

        assert own.get("/orders/").status_code == 302
        assert place.sql("SELECT count(*) FROM organization_portalsession") == [(0,)]


@pytest.fixture
def link(place, world):
    """A mailed link to the own supplier's first order."""
    with connected("app", place.name):
        made = links.make(person=world.own.person, about=world.own.order.public_id, title="Order 1", at=now())
    return made.partition("8001")[2]


def code(place):
    ((text,),) = place.sql("SELECT text FROM organization_mail WHERE key LIKE 'code:%%' ORDER BY id DESC LIMIT 1")
    return re.search(r"\b\d{6}\b", text)[0]


def through(browser, place, link):
    browser.post(f"{link}send/")
    return browser.post(f"{link}code/", {"code": code(place)})


class TestLink:
    def test_shows_whom_it_was_sent_to_and_what_it_is_about(self, world, anonymous, link):
        page = anonymous.get(link).content.decode()

        assert "Order 1" in page
        assert "o…@quillfeather.example" in page
        assert world.own.person.email not in page

    @twin(opens_at_once=without("fence.is_trusted", "AND d.token_hash = fence.hashed(device)"))
    def test_opens_nothing_by_itself(self, place, world, anonymous, link):
        place.sql(
            "INSERT INTO organization_trusteddevice (token_hash, person_id, label, trusted_at, expires_at) "
            "VALUES ('x', %s, '', now(), now() + interval '1 day')",
            world.own.person.pk,
        )
        anonymous.get(link)
        anonymous.post(f"{link}go/")

        assert anonymous.get("/orders/").status_code == 302

    def test_writes_nothing_when_it_is_opened(self, place, anonymous, link):
        before = rows(place)

        for method in (anonymous.get, anonymous.head, anonymous.options):
            method(link)
            method(f"{link}code/")

        assert rows(place) == before

    def test_and_its_code_lead_to_the_order(self, place, world, anonymous, link):
        answer = through(anonymous, place, link)

        assert answer["Location"] == f"/orders/{world.own.order.public_id}/"
        assert anonymous.get(answer["Location"]).status_code == 200

    def test_leads_straight_on_for_whoever_is_signed_in(self, world, own, link):
        assert own.get(link)["Location"] == f"/orders/{world.own.order.public_id}/"

    def test_does_not_lead_on_for_somebody_else(self, foreign, link):
        assert foreign.get(link).status_code == 200

    @twin(for_ever=without("fence.look", "l.expires_at < statement_timestamp()", "false"))
    def test_that_is_too_old_offers_a_new_one(self, place, anonymous, link):
        place.sql("UPDATE organization_portallink SET expires_at = now() - interval '1 s'")

        assert anonymous.get(link).status_code == 410
        assert anonymous.post(f"{link}again/").status_code == 200

        ((mail,),) = place.sql("SELECT text FROM organization_mail")
        renewed = re.search(r"/l/\w+/", mail)[0]
        assert anonymous.get(renewed).status_code == 200

    def test_that_is_too_old_gets_no_code(self, place, anonymous, link):
        place.sql("UPDATE organization_portallink SET expires_at = now() - interval '1 s'")

        anonymous.post(f"{link}send/")

        assert place.sql("SELECT count(*) FROM organization_mail") == [(0,)]

    def test_with_one_other_letter_does_not_exist(self, anonymous, link):
        other = link[:-2] + ("a" if link[-2] != "a" else "b") + "/"

        assert anonymous.get(other).status_code == 404

    def test_of_a_closed_account_looks_like_one_that_never_was(self, place, world, anonymous, link):
        never = anonymous.get("/l/never-was-a-link-of-ours/")
        place.sql("UPDATE organization_person SET is_active = false WHERE id = %s", world.own.person.pk)

        closed = anonymous.get(link)

        assert (closed.status_code, words(closed)) == (404, words(never))

    def test_is_kept_as_a_hash_only(self, place, link):
        token = link.split("/")[2]

        assert place.sql("SELECT token_hash FROM organization_portallink") == [
            (hashlib.sha256(token.encode()).hexdigest(),)
        ]


class TestCode:
    @twin(
        any_code=without(
            "fence.open_by_code", "sent.code_hash <> fence.hashed", "false AND sent.code_hash <> fence.hashed"
        )
    )
    def test_that_is_wrong_opens_nothing(self, place, anonymous, link):
        anonymous.post(f"{link}send/")
        wrong = "000000" if code(place) != "000000" else "000001"

        assert anonymous.post(f"{link}code/", {"code": wrong}).status_code == 422
        assert anonymous.get("/orders/").status_code == 302

    @twin(more_tries=without("fence.open_by_code", "c.tries < 5", "true"))
    def test_is_used_up_after_five_wrong_ones(self, place, anonymous, link):
        anonymous.post(f"{link}send/")
        place.sql("UPDATE organization_portalcode SET tries = 5")

        answer = anonymous.post(f"{link}code/", {"code": code(place)})

        assert answer.status_code == 422
        assert "Ask for a new one" in answer.content.decode()

    def test_counts_each_wrong_try(self, place, anonymous, link):
        anonymous.post(f"{link}send/")
        for n in range(5):
            anonymous.post(f"{link}code/", {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{n}")

        assert place.sql("SELECT tries FROM organization_portalcode") == [(5,)]

    @twin(works_twice=without("fence.open_by_code", "c.used_at IS NULL", "true"))
    def test_works_once(self, place, anonymous, link):
        through(anonymous, place, link)
        sent = code(place)

        assert Browser().post(f"{link}code/", {"code": sent}).status_code == 422

    def test_works_for_ten_minutes(self, place, anonymous, link):
        anonymous.post(f"{link}send/")
        place.sql("UPDATE organization_portalcode SET expires_at = expires_at - interval '10 min'")

        assert anonymous.post(f"{link}code/", {"code": code(place)}).status_code == 422

    def test_asked_for_again_replaces_the_one_before(self, place, anonymous, link):
        anonymous.post(f"{link}send/")
        first = code(place)
        place.sql("UPDATE organization_mail SET key = 'old'")
        anonymous.post(f"{link}send/")

        assert place.sql("SELECT count(*) FROM organization_portalcode") == [(1,)]
        if first != code(place):
            assert anonymous.post(f"{link}code/", {"code": first}).status_code == 422

    def test_is_mailed_only_so_often(self, place, anonymous, link):
        statuses = [anonymous.post(f"{link}send/").status_code for _ in range(11)]

        assert statuses == [302] * 10 + [429]

    def test_goes_to_the_mailbox_of_the_link_and_stands_in_its_subject(self, place, world, anonymous, link):
        anonymous.post(f"{link}send/")

        assert place.sql('SELECT "to", subject FROM organization_mail') == [
            (world.own.person.email, f"Your code: {code(place)}")
        ]

    @pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567", "１２３４５６", "12 34 5x"])
    def test_that_cannot_be_one_is_said_so(self, anonymous, link, typed):
        assert anonymous.post(f"{link}code/", {"code": typed}).status_code == 422

    def test_may_be_typed_with_spaces(self, place, anonymous, link):
        anonymous.post(f"{link}send/")
        sent = code(place)

        assert anonymous.post(f"{link}code/", {"code": f" {sent[:3]} {sent[3:]} "}).status_code == 302


class TestDevice:
    def test_needs_no_code_the_next_time(self, place, world, anonymous, link):
        through(anonymous, place, link)
        anonymous.post("/sign-out/")

        assert "no code is needed" in anonymous.get(link).content.decode()
        assert anonymous.post(f"{link}go/")["Location"] == f"/orders/{world.own.order.public_id}/"
        assert anonymous.get("/orders/").status_code == 200

    @twin(for_anybody=without("fence.is_trusted", "d.person_id = l.person_id", "true"))
    def test_is_trusted_for_the_person_who_gave_the_code(self, place, world, anonymous, link):
        through(anonymous, place, link)
        anonymous.post("/sign-out/")
        with connected("app", place.name):
            other = links.make(person=world.foreign.person, about=None, title="", at=now()).partition("8001")[2]

        anonymous.post(f"{other}go/")

        assert anonymous.get("/orders/").status_code == 302

    def test_is_forgotten_on_the_account_page(self, place, anonymous, link):
        through(anonymous, place, link)
        ((pk,),) = place.sql("SELECT id FROM organization_trusteddevice")

        anonymous.post(f"/account/devices/{pk}/forget/", {"key": "k" * 12})
        anonymous.post("/sign-out/")

        assert "Mail me the code" in anonymous.get(link).content.decode()

    def test_of_another_cannot_be_forgotten(self, place, world, anonymous, foreign, link):
        through(anonymous, place, link)
        ((pk,),) = place.sql("SELECT id FROM organization_trusteddevice")

        assert foreign.post(f"/account/devices/{pk}/forget/", {"key": "k" * 12}).status_code == 404

    def test_is_trusted_no_longer_than_ninety_days(self, place, anonymous, link):
        through(anonymous, place, link)
        anonymous.post("/sign-out/")
        place.sql("UPDATE organization_trusteddevice SET expires_at = trusted_at")

        anonymous.post(f"{link}go/")

        assert anonymous.get("/orders/").status_code == 302

    def test_cookie_is_out_of_reach_of_scripts_and_other_sites(self, place, anonymous, link):
        through(anonymous, place, link)

        cookie = anonymous.cookies["countersign_portal_device"]

        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 90 * 86_400)


class TestAskingForALink:
    def test_gets_the_same_page_whether_the_address_is_known_or_not(self, place, world):
        answers = [
            Browser().post("/sign-in/link/", {"email": email}) for email in (world.own.person.email, "x@example.com")
        ]

        assert len({(answer.status_code, words(answer)) for answer in answers}) == 1
        assert place.sql('SELECT "to" FROM organization_mail') == [(world.own.person.email,)]

    def test_mails_nothing_to_internal_people_and_closed_accounts(self, place, world, anonymous):
        place.sql("UPDATE organization_person SET is_active = false WHERE id = %s", world.own.person.pk)

        for email in (world.own.person.email, "buyer@noordzee.example"):
            anonymous.post("/sign-in/link/", {"email": email})

        assert place.sql("SELECT count(*) FROM organization_mail") == [(0,)]

    def test_is_possible_only_so_often_known_or_not(self, world):
        for email in (world.own.person.email, "x@example.com"):
            statuses = [Browser().post("/sign-in/link/", {"email": email}).status_code for _ in range(6)]
            assert statuses == [200] * 5 + [429]

    def test_of_something_that_is_no_address_is_said_so(self, anonymous):
        assert anonymous.post("/sign-in/link/", {"email": "nobody"}).status_code == 422


class TestHousekeeping:
    def test_forgets_what_has_run_out(self, place, world, anonymous, link):
        through(anonymous, place, link)
        with connected("app", place.name):
            assert links.forget_expired(at=now()) == 0
            assert links.forget_expired(at=now() + timedelta(days=400)) >= 4

        assert place.sql("SELECT count(*) FROM organization_portallink") == [(0,)]

    def test_revoking_ends_sessions_links_and_devices(self, place, world, anonymous, link):
        through(anonymous, place, link)
        with connected("app", place.name):
            links.revoke(world.own.person)

        assert anonymous.get("/orders/").status_code == 302
        assert anonymous.get(link).status_code == 404


class TestForgery:
    def test_a_form_without_its_token_is_refused(self, world):
        browser = signed_in(world.own.person)
        browser.handler.enforce_csrf_checks = True

        assert (
            browser.post(f"/orders/{world.own.order.public_id}/confirm/", {"revision": 1, "key": "k" * 12}).status_code
            == 403
        )


def rows(place):
    tables = ("portalsession", "portallink", "portalcode", "trusteddevice", "portalattempt", "mail")
    return [place.sql(f"SELECT count(*) FROM organization_{table}") for table in tables]
