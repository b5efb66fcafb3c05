"""What follows from orders, receipts and invoices, worked out by the database in one statement a table."""

from django.db import connection

BILLED = """
(select il.commitment_id, sum(il.quantity) as quantity, sum(il.amount) as amount
 from finance_invoiceline il join finance_invoice i on i.id = il.invoice_id
 where i.status = 'released' group by 1)"""
LINES = "procurement_purchaseorderline l join procurement_purchaseorder o on o.id = l.order_id"
BUDGET = "left join finance_budget b on b.cost_center_id = l.cost_center_id and b.year = extract(year from o.issued_at)"
MOVED = "insert into finance_budgetmovement (budget_id, stage, amount, reference, at, by)"

STATEMENTS = {
    "sources": """
insert into procurement_linesource (order_line_id, requisition_line_id, quantity)
select id, id, ordered from procurement_purchaseorderline order by id""",
    "commitments": f"""
insert into finance_commitment (id, order_number, line_number, entity_id, supplier_id, cost_center_id, budget_id,
  item_id, description, currency, price, rate, quantity, received, on_hold, billed, budget_open, due_on)
select l.id, o.number, l.number, o.entity_id, o.supplier_id, l.cost_center_id, b.id, l.item_id, l.description,
  o.currency, l.price, o.rate, l.ordered - l.cancelled, l.received - l.reopened, 0, coalesce(i.quantity, 0),
  round(greatest(l.ordered - l.cancelled - l.received, 0) * l.price * o.rate, 6), l.need_by
from {LINES} {BUDGET} left join {BILLED} i on i.commitment_id = l.id
where l.commitment_id is not null order by l.id""",
    "accruals": """
insert into finance_accrual (id, commitment_id, receipt_number, quantity, amount, received_on, held_quantity)
select r.id, c.id, g.number, r.accepted, round(r.accepted * c.price * c.rate, 6), g.posted_at::date, 0
from receiving_receiptline r join receiving_receipt g on g.id = r.receipt_id
join finance_commitment c on c.id = r.order_line_id order by r.id""",
    "expected goods": """
insert into receiving_expected (source, document, number, site_id, item_id, supplier_id, quantity, announced,
  expected_on, is_confirmed)
select 'procurement.purchaseorderline:' || l.id, 'procurement.purchaseorder:' || o.id, o.number, o.site_id, l.item_id,
  o.supplier_id, case when o.status in ('issued', 'closed') then l.open else 0 end, 0,
  coalesce(l.promised_on, l.need_by), l.confirmed_quantity is not null
from procurement_purchaseorderline l join procurement_purchaseorder o on o.id = l.order_id
where o.issued_at is not null order by l.id""",
    "goods in": """
insert into receiving_stockmovement (site_id, item_id, status, quantity, kind, reference, lot, at, by)
select g.site_id, r.item_id, case when i.needs_inspection then 'inspection' else 'available' end, r.accepted, 'receipt',
  g.number, r.lot, g.posted_at, g.receiver
from receiving_receiptline r join receiving_receipt g on g.id = r.receipt_id
join organization_item i on i.id = r.item_id order by r.id""",
    "reserved": f"""{MOVED}
select b.id, 'reserved', l.amount, r.number || '/' || l.number, r.submitted_at, 'person:' || r.requester_id
from procurement_requisitionline l join procurement_requisition r on r.id = l.requisition_id
join finance_budget b on b.cost_center_id = r.cost_center_id and b.year = extract(year from r.submitted_at)
where r.submitted_at is not null order by l.id""",
    "reserved no more": f"""{MOVED}
select b.id, 'reserved', -l.amount, r.number || '/' || l.number, coalesce(o.issued_at, r.submitted_at),
  'person:' || r.requester_id
from procurement_requisitionline l join procurement_requisition r on r.id = l.requisition_id
join finance_budget b on b.cost_center_id = r.cost_center_id and b.year = extract(year from r.submitted_at)
left join procurement_purchaseorderline ol on ol.id = l.id left join procurement_purchaseorder o on o.id = ol.order_id
where r.status in ('rejected', 'returned') or o.issued_at is not null order by l.id""",
    "committed": f"""{MOVED}
select c.budget_id, 'committed', round(l.ordered * l.price * o.rate, 6), o.number || '/' || l.number, o.issued_at,
  'person:' || o.buyer_id
from {LINES} join finance_commitment c on c.id = l.commitment_id where c.budget_id is not null order by l.id""",
    "committed no more": f"""{MOVED}
select c.budget_id, 'committed', c.budget_open - round(l.ordered * l.price * o.rate, 6), o.number || '/' || l.number,
  coalesce(o.received_at, o.closed_at, o.issued_at), 'person:' || o.buyer_id
from {LINES} join finance_commitment c on c.id = l.commitment_id
where c.budget_id is not null and c.budget_open <> round(l.ordered * l.price * o.rate, 6) order by l.id""",
    "accrued": f"""{MOVED}
select c.budget_id, 'accrued', a.amount, c.order_number || '/' || c.line_number, a.received_on, 'system:world'
from finance_accrual a join finance_commitment c on c.id = a.commitment_id where c.budget_id is not null
order by a.id""",
    "accrued no more": f"""{MOVED}
select c.budget_id, 'accrued', -round(least(l.quantity, c.received) * c.price * c.rate, 6),
  c.order_number || '/' || c.line_number, i.released_at, i.captured_by
from finance_invoiceline l join finance_invoice i on i.id = l.invoice_id
join finance_commitment c on c.id = l.commitment_id
where i.status = 'released' and c.budget_id is not null order by l.id""",
    "billed": f"""{MOVED}
select c.budget_id, 'actual', round(l.amount * c.rate, 6), c.order_number || '/' || c.line_number, i.released_at,
  i.captured_by
from finance_invoiceline l join finance_invoice i on i.id = l.invoice_id
join finance_commitment c on c.id = l.commitment_id
where i.status = 'released' and c.budget_id is not null order by l.id""",
    "budgets": """
update finance_budget b set reserved = m.reserved, committed = m.committed, accrued = m.accrued, actual = m.actual
from (select budget_id, coalesce(sum(amount) filter (where stage = 'reserved'), 0) reserved,
             coalesce(sum(amount) filter (where stage = 'committed'), 0) committed,
             coalesce(sum(amount) filter (where stage = 'accrued'), 0) accrued,
             coalesce(sum(amount) filter (where stage = 'actual'), 0) actual
      from finance_budgetmovement group by 1) m where m.budget_id = b.id""",
    "the ERP's own": """
insert into integration_erpdocument (subject, kind, reference, state, revision, erp_number, note, payload_revision,
  refusals, posted_at)
select 'procurement.purchaseorder:' || id, 'purchase-orders', number, 'posted', revision, erp_number, '', revision, 0,
  issued_at from procurement_purchaseorder where erp_number <> ''
union all select 'receiving.receipt:' || id, 'goods-receipts', number, 'posted', 1, erp_number, '', 1, 0, posted_at
  from receiving_receipt
union all select 'finance.invoice:' || id, 'supplier-invoices', number, 'posted', 1, erp_number, '', 1, 0, released_at
  from finance_invoice where erp_number <> ''""",
}
OPENING = """
insert into receiving_stockmovement (site_id, item_id, status, quantity, kind, reference, lot, at, by)
select %s, i, 'available', q, 'opening', 'opening stock', '', %s, 'system:world'
from unnest(%s::bigint[], %s::numeric[]) as t(i, q)"""
BALANCES = """
insert into receiving_stockbalance (site_id, item_id, status, quantity, allocated)
select m.site_id, m.item_id, m.status, sum(m.quantity),
  case when m.status = 'available' then coalesce(max(a.quantity), 0) else 0 end
from receiving_stockmovement m left join (
  select site_id, item_id, sum(quantity) quantity from fulfillment_allocation group by 1, 2) a
  on (a.site_id, a.item_id) = (m.site_id, m.item_id)
group by 1, 2, 3 order by 1, 2, 3"""


def follow() -> None:
    for statement in STATEMENTS.values():
        _run(statement)


def balance() -> None:
    """Last of all: what stands there is the sum of what moved."""
    _run(BALANCES)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
