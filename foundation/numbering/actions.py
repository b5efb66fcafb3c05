"""Take the next number of a kind.

One PostgreSQL sequence a kind: nobody waits for anybody, nothing is taken twice, a number whose transaction rolled
back is simply missing (docs/decisions/0004). Entity and year are for the reader.
"""

from datetime import date
from typing import Any

from django.db import connection

KINDS = {
    "REQ": "requisition",
    "PO": "purchase order",
    "CR": "change request",
    "SN": "ship notice",
    "GR": "goods receipt",
    "RR": "receipt reversal",
    "INV": "invoice",
    "SO": "customer order",
    "SH": "shipment",
    "CASE": "case",
    "CON": "contract",
    "TR": "transfer",
    "PT": "permit",
    "IC": "interchange",
    "SSCC": "serial shipping container",
    "AC": "system with access",
}


def take(kind: str, entity: str, on: date) -> str:
    """``take("PO", "NL01", on)`` -> ``PO-NL01-2026-000123``."""
    return written(kind, entity, on, count(kind))


def count(kind: str) -> int:
    """The bare number, for what is counted and not called."""
    return count_many(kind, 1)[0]


def count_many(kind: str, many: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select nextval(%s) from generate_series(1, %s)", [sequence(kind), many])
        return [number for (number,) in cursor.fetchall()]


def take_many(kind: str, entity: str, on: date, count: int) -> list[str]:
    return [written(kind, entity, on, number) for number in count_many(kind, count)]


def written(kind: str, entity: str, on: date, number: int) -> str:
    return f"{kind}-{entity}-{on.year}-{number:06d}"


def sequence(kind: str) -> str:
    assert kind in KINDS, kind
    return f"number_{kind.lower()}"


def install(**_signal: Any) -> None:
    """post_migrate: a sequence for every kind."""
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"create sequence if not exists {sequence(kind)}")
