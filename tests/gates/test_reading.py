"""Reading changes nothing and every answer is hardened: all pages, on real documents, for who may see them all."""

import time
from typing import Any

import psycopg
import pytest
from django.db import connections

from tests.gates.asking import Answer, office_visitor, portal_visitor
from tests.gates.conftest import Place
from tests.gates.readings import Readings, reading
from tests.gates.routes import Route
from tests.gates.world import World
from tests.portal.roles import address

SESSIONS = ("organization_officesession", "organization_portalsession", "organization_portalattempt")


class TestTheOffice:
    @pytest.mark.parametrize("who", ["head", "insider"])
    def test_pages_are_read_without_writing_and_are_hardened(self, read_by: Readings, who: str) -> None:
        read = read_by(who)

        assert read.wrote == []
        assert soft(read.answers) == []

    def test_their_parts_and_heads_are_read_without_writing_and_are_hardened(self, office: World) -> None:
        read = reading(office_visitor(office.head, office.home, is_brief=True), "head")

        assert read.wrote == []
        assert soft(read.answers) == []

    def test_twin_a_view_that_writes_while_it_is_read_is_found(self, office: World, settings: Any) -> None:
        settings.ROOT_URLCONF = "tests.gates.stage"
        visitor = office_visitor(office.head, office.home)
        visitor.urlconf = "tests.gates.stage"

        read = reading(visitor, "get", only=lambda route: route.pattern.startswith("stage/writes"))

        assert "foundation_savedview" in read.wrote[0]

    def test_twin_an_answer_without_its_headers_is_found(self, office: World, settings: Any) -> None:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SecurityMiddleware" not in name]
        answers = office_visitor(office.head, office.home).knock("get", only=lambda route: route.pattern == "orders/")

        assert soft(list(answers))


class TestThePortal:
    def test_reads_without_writing_and_answers_hardened(self, place: Place, portal: World) -> None:
        visitor = portal_visitor(portal.home.scene.supplier_person, portal.home)
        before = rows_written(place.name)

        answers = list(visitor.knock("get", "head", only=is_no_door))

        assert rows_written(place.name) == before
        assert soft(answers) == []


def is_no_door(route: Route) -> bool:
    return not route.pattern.startswith("sign-")


def rows_written(name: str) -> dict[str, int]:
    """What was ever written to each table of this database. Counts are handed in when a connection ends."""
    connections["default"].close()
    with psycopg.connect(**address("owner", name), autocommit=True) as link:
        until = time.monotonic() + 5
        others = "select count(*) from pg_stat_activity where datname = %s and pid != pg_backend_pid()"
        while link.execute(others, [name]).fetchone() != (0,) and time.monotonic() < until:
            time.sleep(0.02)
        found = link.execute("select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables").fetchall()
    return {table: count for table, count in found if table not in SESSIONS}


def soft(answers: list[Answer]) -> list[str]:
    """Answers that a browser would believe too much of."""
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
    }
    found = []
    for one in answers:
        policy = one.headers.get("Content-Security-Policy", "")
        tight = "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
        if "unsafe" in policy or not (tight or policy == "sandbox; default-src 'none'"):
            found.append(f"{one}: Content-Security-Policy {policy}")
        found += [f"{one}: no {name}: {value}" for name, value in wanted.items() if one.headers.get(name) != value]
    return found
