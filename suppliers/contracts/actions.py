"""What can be done with contracts."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import connection

CALL = """
update suppliers_contractline l set called_quantity = l.called_quantity + c.quantity
from (select * from unnest(%s::bigint[], %s::numeric[]) as u(id, quantity)) c where l.id = c.id"""
LOCK = "select id from suppliers_contractline where id = any(%s) order by id for no key update"
AMOUNT = """
update suppliers_contract k set called_amount = k.called_amount + s.amount
from (select l.contract_id, sum(u.quantity * l.price) amount
      from unnest(%s::bigint[], %s::numeric[]) as u(id, quantity) join suppliers_contractline l on l.id = u.id
      group by 1 order by 1) s where k.id = s.contract_id"""


def call_off(quantities: Mapping[int, Decimal]) -> None:
    """Burn down contract lines by base units ordered; negative gives back. Counters, like a budget's figures."""
    if not quantities:
        return
    ids = sorted(quantities)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [ids])
        cursor.execute(CALL, [ids, [quantities[i] for i in ids]])
        cursor.execute(AMOUNT, [ids, [quantities[i] for i in ids]])
