"""Keep the expected rows in step with what they come from. Each statement is idempotent."""

from collections.abc import Iterable

from django.db import connection

EXPECT = """
insert into receiving_expected as e
       (source, document, number, site_id, item_id, supplier_id, quantity, announced, expected_on, is_confirmed)
select 'procurement.purchaseorderline:' || l.id, 'procurement.purchaseorder:' || o.id, o.number, o.site_id, l.item_id,
       o.supplier_id, case when o.status in ('issued', 'closed') then l.open else 0 end, coalesce((
         select sum(greatest(n.quantity - n.received, 0)) from receiving_shipnoticeline n
         join receiving_shipnotice s on s.id = n.notice_id
         where n.order_line_id = l.id and s.status not in ('received', 'cancelled')), 0),
       coalesce(l.promised_on, l.need_by), l.confirmed_quantity is not null
from procurement_purchaseorderline l join procurement_purchaseorder o on o.id = l.order_id
where o.id = any(%s) order by l.id
on conflict (source) do update set quantity = excluded.quantity, expected_on = excluded.expected_on,
   is_confirmed = excluded.is_confirmed"""
ANNOUNCE = """
update receiving_expected e set announced = coalesce((
  select sum(greatest(n.quantity - n.received, 0)) from receiving_shipnoticeline n
  join receiving_shipnotice s on s.id = n.notice_id
  where n.order_line_id = a.line and s.status not in ('received', 'cancelled')), 0)
from unnest(%s::bigint[]) as a(line) where e.source = 'procurement.purchaseorderline:' || a.line"""


def refresh(order_ids: Iterable[int]) -> None:
    """What these orders still bring, as their lines now stand."""
    with connection.cursor() as cursor:
        cursor.execute(EXPECT, [sorted(set(order_ids))])


def refresh_announced(order_line_ids: Iterable[int]) -> None:
    """How much of these order lines stands on ship notices that have not been received."""
    with connection.cursor() as cursor:
        cursor.execute(ANNOUNCE, [sorted(set(order_line_ids))])
