"""What the machine, the database and the framework can do at most, in the same minutes."""

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import psycopg

from bench.measure import Figure, rate
from bench.server import Client
from bench.workloads import Run, workload

BLOCK = os.urandom(8192)
COPIED = 100_000


@workload
def ceilings(run: Run) -> Iterable[Figure]:
    """Syncs, commits, selects and COPY; a view that does nothing, one select, one plain page."""
    many = 50 * run.samples
    yield said("fdatasync", rate(many, lambda: sync(run, many)), many)
    with scratch() as link:
        yield said("insert_commit", rate(many, lambda: insert(link, many)), many)
        yield said("indexed_select", rate(many, lambda: select(link, many)), many)
        yield said("copy_rows", rate(COPIED, lambda: copy(link)), COPIED)
        (rows,) = link.execute("select count(*) from ceiling").fetchone() or (0,)
        assert rows == many + COPIED, f"{rows} rows stand in the table."
    client, person = Client(run.plain_port), run.stage.person("decide")
    for name, address, holds in (
        ("view_ok", "/sign-in/", "ok"),
        ("view_one_select", f"/one/{person.pk}/", person.name),
        ("view_task_page", f"/tasks/{person.pk}/", "<table>"),
    ):
        assert holds in client.get(address).text
        yield said(name, rate(many, lambda at=address: [client.get(at) for _ in range(many)]), many)


def said(name: str, value: float, samples: int) -> Figure:
    return Figure("ceilings", f"{name}_per_s", round(value, 1), "/s", samples)


def sync(run: Run, count: int) -> None:
    file = run.state / "bench-sync"
    with file.open("wb", buffering=0) as sink:
        for _ in range(count):
            sink.write(BLOCK)
            os.fdatasync(sink.fileno())
    file.unlink()


@contextmanager
def scratch() -> Iterator[psycopg.Connection]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as link:
        (fsync,) = link.execute("show fsync").fetchone() or ("",)
        assert fsync == "on" or os.environ.get("BENCH_UNSAFE"), "fsync is off: no figure would mean anything."
        link.execute("drop table if exists ceiling")
        link.execute("create table ceiling (id bigint generated always as identity primary key, said text)")
        yield link
        link.execute("drop table ceiling")


def insert(link: psycopg.Connection, count: int) -> None:
    for number in range(count):
        link.execute("insert into ceiling (said) values (%s)", [f"row {number}"])


def select(link: psycopg.Connection, count: int) -> None:
    for number in range(1, count + 1):
        assert link.execute("select said from ceiling where id = %s", [number]).fetchone()


def copy(link: psycopg.Connection) -> None:
    text = "".join(f"row {number}\n" for number in range(COPIED))
    with link.cursor().copy("copy ceiling (said) from stdin") as sink:
        sink.write(io.StringIO(text).read())
