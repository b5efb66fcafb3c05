"""Every table of the portal as raw SQL reads it: no row of another supplier, none of a role that is not held.

Whoever owns the portal's connection asks here, so no route and no query of ours stands between him and the rows.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import errors

from config.fence.requests import pass_of
from config.fence.table import FENCED, fenced_models
from foundation.values.portal_roles import PortalRole
from tests.gates.asking import portal_visitor
from tests.gates.conftest import Place
from tests.gates.test_portal_roles import altered, held, retired, shut_out
from tests.gates.world import Side, World
from tests.portal.roles import Database, address
from tests.portal.twins import open_table

ORDERS, SHIPPING, BILLING, COMPANY = PortalRole
EVERYBODYS = {"organization.Unit", "organization.Item", "suppliers.DocumentType"}
"""Master data that more than one supplier's documents name."""
NEEDS: dict[str, set[PortalRole]] = {
    "suppliers.BankAccount": {COMPANY},
    "suppliers.CompanyData": {COMPANY},
    "suppliers.AskedDocument": {COMPANY},
    "suppliers.DocumentType": {COMPANY},
    "suppliers.SupplierDocument": {COMPANY},
    "receiving.ShipNotice": {SHIPPING},
    "receiving.ShipNoticeLine": {SHIPPING},
    "receiving.HandlingUnit": {SHIPPING},
    "receiving.UnitContent": {SHIPPING},
    "receiving.Milestone": {SHIPPING},
    "receiving.NoticeDraft": {SHIPPING},
    "finance.Invoice": {BILLING},
    "finance.InvoiceLine": {BILLING},
    "finance.ExpectedCredit": {BILLING},
    "finance.Commitment": {BILLING},
}
"""Whose a table is; of those in ``BY_ROW`` the rows differ; all others are of whoever is of the supplier."""
BY_ROW = {
    "suppliers.Dispute",
    "suppliers.Said",
    "suppliers.DisputeFile",
    "suppliers.Submission",
    "foundation.Entry",
    "foundation.StoredFile",
}
KINDS: dict[PortalRole, set[str]] = {
    ORDERS: {"confirmation", "contest", "dispute"},
    SHIPPING: {"ship_notice", "notice_update", "dispute"},
    BILLING: {"invoice", "message", "dispute"},
    COMPANY: {"company", "bank", "document", "colleague_in", "colleague_roles", "colleague_out"},
}
SAYS = (
    "INSERT INTO suppliers_submission (public_id, supplier_id, kind, about, channel, by, body, status, received_at, "
    "answer, version, chain_length, chain_head) VALUES (gen_random_uuid(), %s, %s, %s, 'portal', %s, %s, 'received', "
    "now(), '{}', 1, 0, '')"
)


@pytest.fixture
def owner(place: Place) -> Database:
    return Database(place.name)


@pytest.fixture(autouse=True)
def known_browsers(place: Place) -> None:
    """Whoever walked the portal before has pressed every button, also those that forget a browser and a passkey."""
    Database(place.name).sql("UPDATE organization_portalpasskey SET removed_at = NULL")
    for side in (place.world.home, place.world.away):
        Database(place.name).sql(
            "INSERT INTO organization_trusteddevice (token_hash, person_id, label, trusted_at, expires_at) "
            "VALUES (%s, %s, '', now(), now() + interval '1 day') ON CONFLICT DO NOTHING",
            *(f"rows {side.mark}", side.scene.supplier_person.pk),
        )


class Attacker:
    """Somebody on the portal's own connection, with the session of a side's person."""

    def __init__(self, name: str, side: Side) -> None:
        self.side, self.name = side, name
        self.shown = pass_of(portal_visitor(side.scene.supplier_person, side).client.session_key)

    @contextmanager
    def asking(self) -> Iterator[Any]:
        """Nothing of it lasts."""
        with psycopg.connect(**address("portal", self.name)) as link, link.transaction(force_rollback=True):
            link.execute("SELECT set_config('app.session', %s, true)", [self.shown])
            yield link

    def rows(self) -> dict[str, set[str]]:
        """The keys of every row that can be read, by table; one statement for all of them."""
        parts = [
            f"SELECT '{model._meta.label}', {model._meta.pk.column}::text FROM {model._meta.db_table}"
            for model, _fenced in fenced_models()
        ]
        found: dict[str, set[str]] = {model._meta.label: set() for model, _fenced in fenced_models()}
        with self.asking() as link:
            for label, key in link.execute(" UNION ALL ".join(parts)).fetchall():
                found[label].add(key)
        return found

    def said(self) -> set[str]:
        """Which kinds of submissions can be sent."""
        allowed = set()
        with self.asking() as link:
            for kind in sorted(set.union(*KINDS.values())):
                for about in self.abouts(kind):
                    what = [self.side.supplier.pk, kind, about, str(self.side.scene.supplier_actor), "{}"]
                    try:
                        with link.transaction(force_rollback=True):
                            link.execute(SAYS, what)
                    except errors.InsufficientPrivilege:
                        continue
                    allowed.add(kind)
        return allowed

    def abouts(self, kind: str) -> list[Any]:
        """What of the own side a kind may speak of."""
        if kind in KINDS[COMPANY]:
            return [None]
        if kind == "dispute":
            return [self.side.dispute.public_id, self.side.dispute_of_invoice.public_id]
        names = {"contest": "scored", "message": "invoice"}
        return [getattr(self.side, names.get(kind, "order")).public_id]


def of_another(place: Place, world: World) -> list[str]:
    """Rows that two suppliers read."""
    home, away = (Attacker(place.name, side).rows() for side in (world.home, world.away))
    assert {label for label in FENCED if not home[label]} == set(), "a table without a row proves nothing"
    both = {label: home[label] & away[label] for label in FENCED if label not in EVERYBODYS}
    return [f"{label}: {sorted(keys)}" for label, keys in both.items() if keys]


def of_another_role(place: Place, owner: Database, world: World, role: PortalRole) -> list[str]:
    """Tables of which whoever holds one role reads more or less than is his, and kinds that he may say so."""
    attacker, wrong = Attacker(place.name, world.home), []
    every = attacker.rows()
    with held(owner, world.home, role):
        seen, said = attacker.rows(), attacker.said()
        with attacker.asking() as link:
            read = {kind for (kind,) in link.execute("SELECT DISTINCT kind FROM suppliers_submission").fetchall()}
            of_money = "SELECT invoice_public_id IS NOT NULL FROM suppliers_dispute"
            disputes = {is_money for (is_money,) in link.execute(of_money).fetchall()}
    for label in FENCED.keys() - BY_ROW:
        due = every[label] if role in NEEDS.get(label, set(PortalRole)) else set()
        wrong += [f"{label}: {len(seen[label])} rows, not {len(due)}"] * (seen[label] != due)
    wrong += [f"says {kind}" for kind in said ^ KINDS[role]] + [f"reads {kind}" for kind in read - KINDS[role]]
    threads = {ORDERS: {False}, SHIPPING: {False}, BILLING: {True}, COMPANY: set()}[role]
    return wrong + [f"disputes about {'money' if one else 'goods'}" for one in disputes ^ threads]


def test_no_row_of_another_supplier(place: Place, portal: World) -> None:
    assert of_another(place, portal) == []


def test_each_dispute_is_of_one_trade(place: Place, portal: World) -> None:
    """What hangs on a dispute is seen with it."""
    rows = Attacker(place.name, portal.home).rows()
    assert Counter(len(rows[label]) > 0 for label in BY_ROW) == {True: len(BY_ROW)}


@pytest.mark.parametrize("role", PortalRole)
def test_no_row_and_no_word_of_another_role(place: Place, owner: Database, portal: World, role: PortalRole) -> None:
    assert of_another_role(place, owner, portal, role) == []


def test_all_roles_say_everything(place: Place, portal: World) -> None:
    assert Attacker(place.name, portal.home).said() == set.union(*KINDS.values())


def test_a_role_that_is_taken_ends_within_the_transaction(place: Place, owner: Database, portal: World) -> None:
    with Attacker(place.name, portal.home).asking() as link:
        assert link.execute("SELECT count(id) FROM finance_invoice").fetchone() != (0,)
        with held(owner, portal.home, SHIPPING):
            assert link.execute("SELECT count(id) FROM finance_invoice").fetchone() == (0,)


def test_whoever_is_out_reads_nothing(place: Place, owner: Database, portal: World) -> None:
    """Without a session, shut out, of a firm that was retired: there are the units of measure and his own session."""
    attacker, who = Attacker(place.name, portal.home), portal.home.scene.supplier_person
    stranger = Attacker(place.name, portal.home)
    stranger.shown = ""
    found = [stranger.rows()]
    with shut_out(owner, who):
        found.append(attacker.rows())
    with retired(owner, portal.home):
        found.append(attacker.rows())
    left = {"organization.Unit", "organization.PortalSession"}
    assert [label for rows in found for label in rows.keys() - left if rows[label]] == []
    assert attacker.rows()["finance.Invoice"]


def test_nobody_gives_himself_a_role(place: Place, portal: World) -> None:
    with Attacker(place.name, portal.home).asking() as link, pytest.raises(errors.InsufficientPrivilege):
        link.execute("UPDATE organization_person SET portal_roles = '{orders}'")


def test_twin_a_fence_that_asks_for_no_role_is_found(place: Place, owner: Database, portal: World) -> None:
    ((source,),) = owner.sql("SELECT pg_get_functiondef('fence.roles'::regproc)")
    every = "ARRAY['orders', 'shipping', 'billing', 'company']"
    deaf = source.replace("(fence.person()).portal_roles::text[]", every)
    assert deaf != source
    with altered(owner, deaf, source):
        wrong = of_another_role(place, owner, portal, SHIPPING)
    assert len(wrong) > 15


@pytest.mark.parametrize("table", ["finance_invoice", "suppliers_bankaccount", "suppliers_submission"])
def test_twin_a_policy_that_asks_for_the_supplier_only_is_found(
    place: Place, owner: Database, portal: World, table: str
) -> None:
    find = "SELECT qual FROM pg_policies WHERE policyname = 'see' AND tablename = %s"
    ((terms,),) = owner.sql(find, table)
    loose = f"ALTER POLICY see ON {table} USING (supplier_id = (SELECT fence.supplier()))"
    with altered(owner, loose, f"ALTER POLICY see ON {table} USING ({terms})"):
        assert of_another_role(place, owner, portal, SHIPPING) != []


def test_twin_an_open_table_is_found(place: Place, owner: Database, portal: World) -> None:
    with altered(owner, open_table("finance_invoice"), "ALTER TABLE finance_invoice ENABLE ROW LEVEL SECURITY"):
        assert len(of_another(place, portal)) >= 2
