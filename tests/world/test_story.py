"""The demo distributor, in tiny: told through the actions, the same from the same seed, and its books agree."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests.world.builds import TODAY, Ear, world
from tests.world.mutants import MUTANTS
from world import contents, invariants, logins
from world.trade.people import ROLES


@pytest.fixture(scope="module")
def another_one(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> dict[str, str]:
    """What a world of the same seed and day holds that was built before."""
    with django_db_blocker.unblock(), world("tiny"):
        return contents.digest()


@pytest.fixture(scope="module", autouse=True)
def db(another_one: dict[str, str], django_db_blocker: pytest.FixtureRequest) -> Iterator[list[str]]:
    with django_db_blocker.unblock(), world("tiny") as said:
        yield said


def broken() -> list[str]:
    return invariants.broken(say=lambda _text: None)


def test_it_says_that_its_books_agree(db: list[str]) -> None:
    assert any("0 broken" in line for line in db)


def test_the_same_seed_and_day_make_the_same_world(another_one: dict[str, str]) -> None:
    now = contents.digest()

    assert [table for table in now if now[table] != another_one[table]] == []


def test_every_stage_of_the_chain_was_reached() -> None:
    for table in (
        "procurement_requisition", "procurement_purchaseorder", "procurement_confirmation", "receiving_receipt",
        "finance_invoice", "fulfillment_shipment", "governance_case", "governance_decision",
    ):  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0], table


def test_the_last_day_leaves_trouble_of_many_kinds() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct kind from governance_case"
            " where status in ('open', 'waiting_supplier') and owner_id is not null"
        )
        kinds = {kind for (kind,) in cursor.fetchall()}

    assert kinds >= {"no_approver", "receipt_damaged", "receipt_over", "receipt_refused", "receipt_unordered"}


def test_messages_of_suppliers_came_in_every_condition() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select distinct status from integration_inboundmessage")
        assert {status for (status,) in cursor.fetchall()} == {"applied", "held", "refused"}


def test_every_law_has_a_mutant() -> None:
    named = {law.name for law in invariants.LAWS} | {"nothing is unrecorded", "the chains hold"}

    assert named == set(MUTANTS)


@pytest.mark.parametrize("law", MUTANTS)
def test_a_broken_row_is_named(law: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (*_defenseless(MUTANTS[law]), *map(_aimed, MUTANTS[law])):
            cursor.execute(statement)

        found = broken()
        transaction.set_rollback(True)

    assert any(sentence.startswith(f"{law}:") for sentence in found), found


def _aimed(statement: str) -> str:
    verb, *words = statement.split()
    return statement.replace("FIRST", f"(select min(id) from {words[0] if verb == 'update' else words[1]})")


def _defenseless(statements: list[str]) -> Iterator[str]:
    """Triggers would refuse what no action can do."""
    for statement in statements:
        verb, *words = statement.split()
        if verb in ("update", "delete", "insert") and words[0] != "spare":
            yield f"alter table {words[0] if verb == 'update' else words[1]} disable trigger user"


def test_each_role_has_somebody_who_can_sign_in() -> None:
    table = "\n".join(logins.table())

    assert [role for role in ROLES if f"  {role} " not in table] == []
    assert table.count("Supplier portal") == 3
    assert "bought-with-care" in table


def test_a_second_world_is_not_built_on_top() -> None:
    said: list[str] = []

    call_command("world", scale="tiny", today=TODAY, stdout=Ear(said))

    assert said == ["A world was built here already; nothing was done."]


def test_a_database_that_is_not_empty_is_refused() -> None:
    with pytest.raises(CommandError, match="This database is not empty"):
        call_command("world", scale="tiny", today=TODAY, again=True, stdout=Ear([]))


def test_the_doctor_agrees() -> None:
    said: list[str] = []

    call_command("doctor", stdout=Ear(said))

    assert said[-1] == "Everything agrees."


def test_threads_with_suppliers_wait_on_both_sides() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select distinct turn from suppliers_dispute")
        turns = {turn for (turn,) in cursor.fetchall()}
        cursor.execute("select count(*) from suppliers_submission where kind = 'dispute' and status = 'refused'")
        assert cursor.fetchone() == (0,)

    assert turns >= {"supplier", "us"}
