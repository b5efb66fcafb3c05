"""The fence as the database draws it: real roles, real connections, and an attacker who owns the portal's own."""

from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction
from psycopg import errors

from config import fence
from config.fence.requests import key_hash, pass_of
from procurement.orders.models import PurchaseOrder
from suppliers.suppliers.models import Supplier
from tests.portal.twins import open_table, swapped, twin, without

ORDERS = "procurement_purchaseorder"
pytestmark = pytest.mark.filterwarnings("ignore:No directory at")


@pytest.fixture(autouse=True)
def stage(place, settings):
    settings.ROOT_URLCONF = "tests.portal.stage"


@contextmanager
def quiet(_place=None):
    """The loud guard taken off."""
    connection.ensure_connection()
    kept, connection.execute_wrappers[:] = connection.execute_wrappers[:], []
    try:
        yield
    finally:
        connection.execute_wrappers[:] = kept


def present_for_good(session_key):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.session', %s, false)", [pass_of(session_key) if session_key else ""])


def left_behind():
    """What the next user of this connection would see if nobody shouted."""
    with quiet():
        return PurchaseOrder._base_manager.values("pk").count()


def shown(browser):
    return pass_of(browser.session_key)


@pytest.mark.shared
class TestAlternatingRequests:
    @twin(
        set_for_good=swapped(fence.requests, "present", present_for_good),
        no_policy=open_table(ORDERS),
        no_policy_on_people=open_table("organization_person"),
    )
    def test_a_thousand_see_no_foreign_row(self, world, own, foreign, anonymous):
        wanted = {
            own: ([world.own.supplier.pk], 3, [world.own.person.email]),
            foreign: ([world.foreign.supplier.pk], 2, [world.foreign.person.email]),
            anonymous: ([], 0, []),
        }
        for n in range(1000):
            browser = anonymous if n % 7 == 0 else (own, foreign)[n % 2]
            seen = browser.get("/stage/everything/").json()
            assert (seen["suppliers"], seen["orders"], seen["people"]) == wanted[browser]
            if n % 50 == 0:
                assert left_behind() == 0

    def test_they_share_one_connection(self, place, own, foreign):
        for browser in (own, foreign, own):
            browser.get("/orders/")

        assert place.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'countersign_portal' AND datname = %s", place.name
        ) == [(1,)]


@pytest.mark.shared
class TestOutsideOfARequest:
    @twin(no_guard=quiet)
    def test_a_query_is_refused_aloud(self, world):
        with pytest.raises(fence.NotFenced):
            Supplier.objects.values("pk").count()
        with transaction.atomic(), pytest.raises(fence.NotFenced):
            Supplier.objects.values("pk").count()

    def test_without_the_guard_there_is_still_nothing_to_see(self, world):
        with quiet():
            assert Supplier.objects.values("pk").count() == 0

    def test_the_next_transaction_starts_empty(self, own):
        with fence.fenced(own.session_key):
            assert Supplier.objects.values("pk").count() == 1
        with fence.fenced(None):
            assert Supplier.objects.values("pk").count() == 0

    def test_a_body_that_is_made_later_is_refused(self, own):
        assert own.get("/stage/stream/").status_code == 500


@pytest.mark.shared
class TestBrokenViews:
    @twin(no_savepoint=lambda _place: no_savepoint())
    @pytest.mark.parametrize("how", ["404", "500"])
    def test_what_a_view_did_before_it_raised_is_undone_and_the_session_lives(self, place, own, how):
        assert own.get(f"/stage/boom/{how}/").status_code == int(how)

        assert place.sql("SELECT count(*) FROM suppliers_submission") == [(0,)]
        assert own.get("/orders/").status_code == 200


@contextmanager
def no_savepoint():
    connections.settings["default"]["ATOMIC_REQUESTS"] = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction, "set_rollback", lambda *_: None)
        yield


@pytest.mark.shared
class TestRawReading:
    @twin(
        people_open=open_table("organization_person"),
        sessions_open=open_table("organization_portalsession"),
        drafts_open=f"ALTER POLICY see ON {ORDERS} USING (supplier_id = (SELECT fence.supplier()))",
        orders_open=open_table(ORDERS),
        lines_open=open_table("procurement_purchaseorderline"),
        figures_open=open_table("suppliers_score"),
        cases_open=open_table("suppliers_scorecase"),
        standings_open=open_table("suppliers_standing"),
    )
    def test_shows_own_rows_only(self, place, world, own, foreign):
        counts = {
            "organization_person": 1,
            "organization_party": 1,
            "organization_portalsession": 1,
            "suppliers_supplier": 1,
            "suppliers_supplieritem": 4,
            ORDERS: 3,
            "procurement_purchaseorderline": 9,
            "procurement_orderrevision": 3,
            "finance_commitment": 9,
            "suppliers_scorecase": 12,
            "suppliers_score": 2,
            "suppliers_standing": 6,
            "suppliers_scorecard": 1,
        }
        for table, count in counts.items():
            key = {
                "suppliers_supplier": "party_id",
                "organization_portalsession": "key_hash",
                "suppliers_scorecard": "supplier_id",
            }.get(table, "id")
            assert place.raw(f"SELECT count({key}) FROM {table}", shown=shown(own)) == [(count,)], table
            assert place.raw(f"SELECT count({key}) FROM {table}") == [(0,)], table

    @twin(granted="GRANT SELECT ON ALL TABLES IN SCHEMA public TO countersign_portal")
    def test_what_is_internal_does_not_exist(self, place, own):
        hows = ("SELECT * FROM {}", "INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}")

        assert allowed(place, own, (how.format(table) for table in INTERNAL_TABLES for how in hows)) == []

    @twin(granted="GRANT SELECT ON ALL TABLES IN SCHEMA public TO countersign_portal")
    def test_internal_columns_cannot_be_read_in_own_rows(self, place, own):
        columns = (f"SELECT {column} FROM {table}" for table, names in INTERNAL_COLUMNS.items() for column in names)

        assert allowed(place, own, columns) == []

    @twin(believes_a_number="ALTER POLICY see ON procurement_purchaseorder USING "
          "(supplier_id = nullif(current_setting('app.supplier_id', true), '')::bigint)")  # fmt: skip
    def test_a_forged_setting_gains_nothing(self, place, world, own):
        forged = str(world.foreign.supplier.pk)

        seen = place.raw(f"SELECT DISTINCT supplier_id FROM {ORDERS}", shown=shown(own), forged=forged)

        assert (world.foreign.supplier.pk,) not in seen, "any role may set app.supplier_id"
        assert seen == [(world.own.supplier.pk,)]

    def test_what_is_kept_of_a_session_opens_nothing(self, place, own):
        kept = key_hash(own.session_key)

        assert place.raw(f"SELECT count(id) FROM {ORDERS}", shown=kept) == [(0,)]
        assert place.raw(f"SELECT count(id) FROM {ORDERS}", shown=own.session_key) == [(0,)]

    def test_the_recipe_of_a_password_holds_no_password(self, place, world):
        plain = "pbkdf2_sha256$1$"
        mine = place.raw("SELECT fence.recipe(%s, %s)", world.own.person.email, plain)[0][0]
        nobody = [place.raw("SELECT fence.recipe('x@example.com', %s)", plain)[0][0] for _ in range(2)]
        ((buyer,),) = place.sql(
            "SELECT encoded FROM organization_credential c JOIN organization_person p ON p.id = c.person_id "
            "WHERE p.email = 'buyer@noordzee.example'"
        )

        assert mine.count("$") == 2
        assert nobody[0] == nobody[1]
        assert place.raw("SELECT fence.recipe('buyer@noordzee.example', %s)", plain)[0][0] != buyer.rpartition("$")[0]


INTERNAL_TABLES = [
    *("organization_credential", "organization_scope", "organization_portallink", "organization_portalcode"),
    *("organization_portalchallenge", "organization_keyring"),
    *("organization_mail", "organization_notice", "governance_case", "governance_approvalrequest", "auth_group"),
    *("governance_authoritymatrix", "finance_budget", "finance_accrual", "foundation_delivery", "fence.secret"),
    *("procurement_requisition", "procurement_linesource", "receiving_stockbalance", "finance_matchtolerance"),
]
INTERNAL_COLUMNS = {
    ORDERS: ("buyer_id", "cost_center_id", "rate", "erp_number", "version", "reason"),
    "procurement_purchaseorderline": ("commitment_id", "cost_center_id", "price_source", "contract_line_id"),
    "procurement_orderrevision": ("by",),
    "procurement_changerequest": ("case_id", "reason"),
    "suppliers_supplier": ("risk", "risk_source", "reason", "is_watched", "deemed_accepted_after_days"),
    "suppliers_bankaccount": ("iban", "bic", "called_number", "called_by", "proposed_by", "decided_by"),
    "suppliers_supplierdocument": ("reviewed_by",),
    "suppliers_scorecase": ("url",),
    "finance_commitment": ("budget_id", "cost_center_id", "budget_open", "on_hold"),
    "finance_invoice": ("variance_amount", "verdict", "reason", "captured_by"),
    "finance_invoiceline": ("sentence",),
    "organization_item": ("standard_price",),
    "organization_portalpasskey": ("public_key", "uses", "removed_at"),
    "organization_site": ("over_percent",),
}


def allowed(place, browser, statements):
    """Those of the statements that an attacker on the portal's connection could run."""
    found = []
    for statement in statements:
        try:
            place.raw(statement, shown=shown(browser))
        except errors.InsufficientPrivilege:
            continue
        except errors.Error as error:
            found.append(f"{statement}: {error}")
        else:
            found.append(statement)
    return found


FORBIDDEN = [
    f"UPDATE {ORDERS} SET status = 'closed'",
    f"SELECT id FROM {ORDERS} FOR UPDATE",
    "UPDATE procurement_purchaseorderline SET price = 1000",
    "UPDATE suppliers_submission SET body = '{}'",
    "DELETE FROM suppliers_submission",
    "UPDATE foundation_entry SET facts = '{}'",
    "DELETE FROM foundation_entry",
    "INSERT INTO foundation_delivery (entry_id, subscriber) VALUES (1, 'erp')",
    "UPDATE organization_portalsession SET person_id = 1",
    "UPDATE organization_portalsession SET key_hash = 'x'",
    "INSERT INTO organization_portalsession (key_hash, person_id, data, expires_at) "
    "VALUES (fence.session_hash(), 1, '', now())",
    "UPDATE organization_person SET party_id = 1",
    "UPDATE organization_person SET is_active = true",
    "UPDATE organization_person SET email = 'x@example.com'",
    "SET ROLE countersign_app",
    "SET SESSION AUTHORIZATION countersign_owner",
    "CREATE TABLE mine (a int)",
    "CREATE TEMP TABLE mine (a int)",
    "ALTER TABLE organization_person DISABLE ROW LEVEL SECURITY",
    f"DROP POLICY see ON {ORDERS}",
    "SELECT fence.open_session(1, 'x')",
    "SELECT fence.mail_link(1, NULL, 'order', '')",
    "SELECT fence.post('x@example.com', 'a', 'b', 'c')",
    "SELECT fence.person()",
    "UPDATE organization_portalchallenge SET verdict = 'proved'",
    "INSERT INTO organization_portalchallenge (secret_hash, asked, expires_at, verdict, passkey_id) "
    "VALUES (fence.hashed('x'), 'x', now() + interval '1 min', 'proved', 1)",
    "INSERT INTO organization_portalpasskey (person_id, credential, public_key, uses, name, added_at) "
    "VALUES (fence.me(), 'x', 'x', 0, 'x', now())",
    "UPDATE organization_portalpasskey SET person_id = fence.me()",
    "UPDATE organization_portalpasskey SET removed_at = NULL",
    "DELETE FROM organization_portalpasskey",
    "UPDATE organization_portalsession SET opened_at = now()",
    "SELECT fence.within('a', 1, interval '1 s')",
]


class TestRawWriting:
    @pytest.mark.shared
    def test_is_refused(self, place, own):
        assert allowed(place, own, FORBIDDEN) == []

    @twin(everybody="ALTER POLICY alter ON organization_person USING (true)")
    def test_settings_are_changed_of_oneself_only(self, place, world, own):
        place.sql(
            "UPDATE organization_person SET party_id = %s, kind = 'supplier' WHERE email = 'stranger@noordzee.example'",
            world.own.supplier.pk,
        )

        assert place.raw("UPDATE organization_person SET theme = 'dark'", shown=shown(own)) == 1


class TestSubmitting:
    INSERT = (
        "INSERT INTO suppliers_submission "
        "(public_id, supplier_id, kind, about, channel, by, body, status, received_at, answer, version, "
        "chain_length, chain_head) "
        "VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, '{}', %s, now(), '{}', 1, 0, '') RETURNING id"
    )

    def said(self, world, **other):
        usual = {
            "supplier": world.own.supplier.pk,
            "kind": "confirmation",
            "about": world.own.order.public_id,
            "channel": "portal",
            "by": f"supplier:{world.own.person.pk}",
            "status": "received",
        }
        return list((usual | other).values())

    def test_for_itself_about_its_own_order(self, place, world, own):
        assert place.raw(self.INSERT, *self.said(world), shown=shown(own))

    @twin(
        checks_the_supplier_only="ALTER POLICY add ON suppliers_submission "
        "WITH CHECK (supplier_id = (SELECT fence.supplier()))"
    )
    def test_about_an_order_of_another_is_refused(self, place, world, own):
        with pytest.raises(errors.InsufficientPrivilege):
            place.raw(self.INSERT, *self.said(world, about=world.foreign.order.public_id), shown=shown(own))

    @twin(
        cases_open=open_table("suppliers_scorecase"),
        unchecked="ALTER POLICY add ON suppliers_submission WITH CHECK (supplier_id = (SELECT fence.supplier()))",
    )
    def test_only_its_own_figures_are_contested(self, place, world, own):
        def case(of):
            return place.sql("SELECT public_id FROM suppliers_scorecase WHERE supplier_id = %s", of.supplier.pk)[0][0]

        def contest(about):
            return place.raw(self.INSERT, *self.said(world, kind="contest", about=about), shown=shown(own))

        assert contest(case(world.own))
        for about in (case(world.foreign), world.own.order.public_id):
            with pytest.raises(errors.InsufficientPrivilege):
                contest(about)

    @twin(open=open_table("suppliers_submission"))
    def test_in_the_name_of_another_or_in_another_state_is_refused(self, place, world, own):
        forged = {
            "supplier": world.foreign.supplier.pk,
            "by": f"supplier:{world.foreign.person.pk}",
            "status": "applied",
            "channel": "edi",
            "kind": "message",
            "about": world.draft.public_id,
        }
        for field, value in forged.items():
            with pytest.raises((errors.InsufficientPrivilege, errors.CheckViolation)):
                place.raw(self.INSERT, *self.said(world, **{field: value}), shown=shown(own))

    @twin(all_columns="GRANT INSERT ON suppliers_submission TO countersign_portal")
    def test_keys_cannot_be_taken_in_advance(self, place, world, own):
        squat = self.INSERT.replace("(public_id,", "(id, public_id,").replace("VALUES (", "VALUES (99, ")
        with pytest.raises(errors.InsufficientPrivilege):
            place.raw(squat, *self.said(world), shown=shown(own))

    @twin(open=open_table("foundation_entry"))
    def test_an_entry_about_anything_else_is_refused(self, place, world, own):
        by = f"supplier:{world.own.person.pk}"
        turn = (
            f"INSERT INTO foundation_turn (actor, verb, key, fingerprint, recorded_at) "
            f"VALUES ('{by}', 'suppliers.submissions.actions.submit', 'k', 'f', now()) RETURNING id"
        )
        forged = (
            "INSERT INTO foundation_entry (turn_id, subject, number, document_version, name, facts, changes, by, at, "
            "recorded_at, previous, digest) "
            f"SELECT id, %s, 99, 1, %s, '{{}}', '{{}}', '{by}', now(), now(), '', 'x' FROM t"
        )
        event = "suppliers.submissions.events.SubmissionReceived"
        with pytest.raises(errors.InsufficientPrivilege):
            place.raw(
                f"WITH t AS ({turn}) {forged}",
                f"procurement.purchaseorder:{world.own.order.pk}",
                event,
                shown=shown(own),
            )


class TestDisabled:
    @twin(
        still_active=without("fence.person", "AND p.is_active"),
    )
    def test_sees_nothing_from_the_next_statement_on(self, place, world, own):
        with fence.fenced(own.session_key):
            assert PurchaseOrder._base_manager.values("pk").count() == 3
            place.sql("UPDATE organization_person SET is_active = false WHERE id = %s", world.own.person.pk, role="app")
            assert PurchaseOrder._base_manager.values("pk").count() == 0

    def test_is_sent_to_sign_in_and_cannot(self, place, world, own):
        place.sql("UPDATE organization_person SET is_active = false WHERE id = %s", world.own.person.pk, role="app")

        assert own.get("/orders/").status_code == 302
        assert own.post("/sign-in/", {"email": world.own.person.email, "password": "x"}).status_code == 422

    @twin(retired_suppliers_too=without("fence.person", "AND c.status <> 'inactive'"))
    def test_so_is_everybody_of_a_retired_supplier(self, place, world, own):
        place.sql("UPDATE suppliers_supplier SET status = 'inactive'")

        assert own.get("/orders/").status_code == 302


@pytest.mark.shared
class TestBackOffice:
    def test_only_appends_to_what_is_append_only(self, place):
        tables = ("foundation_entry", "foundation_seal", "governance_decision", "finance_budgetmovement")
        for table in (*tables, "receiving_stockmovement", "procurement_orderrevision"):
            for how in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"):
                with pytest.raises(errors.InsufficientPrivilege):
                    place.sql(how.format(table), role="app")

    def test_sees_everything(self, place, world):
        assert place.sql("SELECT count(*) FROM procurement_purchaseorder", role="app") == [(6,)]


def test_a_person_is_internal_or_of_one_supplier(place, world):
    for kind, party in (("internal", world.own.supplier.pk), ("supplier", None)):
        with pytest.raises(errors.CheckViolation, match="internal_xor_supplier"):
            place.sql("UPDATE organization_person SET kind = %s, party_id = %s", kind, party)
