"""The least that receiving a thousand lines can cost: bare statements over sets, one commit, nothing judged."""

import os
import time

import psycopg

TABLES = """
drop schema if exists floor cascade;
create schema floor;
create table floor.line (id bigint primary key, item bigint not null, open numeric(20,6) not null,
    received numeric(20,6) not null);
create table floor.receipt (id bigint generated always as identity primary key, line bigint not null
    references floor.line, quantity numeric(20,6) not null);
create table floor.movement (id bigint generated always as identity primary key, item bigint not null,
    quantity numeric(20,6) not null, at timestamptz not null);
create index on floor.movement (item, id);
create table floor.balance (item bigint primary key, quantity numeric(20,6) not null);
insert into floor.line select n, n, 10, 0 from generate_series(1, %(n)s) n;
insert into floor.balance select n, 0 from generate_series(1, %(n)s) n;
"""
STATEMENTS = [
    "select id from floor.line where id <= %(n)s order by id for no key update",
    "insert into floor.receipt (line, quantity) select id, 10 from floor.line where id <= %(n)s",
    "update floor.line set received = received + 10, open = open - 10 where id <= %(n)s",
    "insert into floor.movement (item, quantity, at) select item, 10, now() from floor.line where id <= %(n)s",
    "insert into floor.balance as b select item, 10 from floor.line where id <= %(n)s order by item "
    "on conflict (item) do update set quantity = b.quantity + excluded.quantity",
]


def seconds(lines: int) -> float:
    """One receipt of so many lines."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], cursor_factory=psycopg.ClientCursor) as owner:
        owner.execute(TABLES, {"n": lines})
        owner.commit()
        begun = time.perf_counter()
        for statement in STATEMENTS:
            owner.execute(statement, {"n": lines})
        owner.commit()
        took = time.perf_counter() - begun
        found = owner.execute("select count(*), sum(quantity) from floor.balance where quantity = 10").fetchone()
        assert found == (lines, lines * 10)
        owner.execute("drop schema floor cascade")
    return took
