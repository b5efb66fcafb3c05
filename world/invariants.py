"""What must be true of the books, whoever wrote them: sums of ledgers, counters that agree, chains that hold.

Each law is one query that finds what breaks it. The answer names the first offenders, so that somebody can look.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from foundation.journal.chain import broken_links
from foundation.journal.queries import heads
from foundation.journal.verifying import parts

FIRST = 5


@dataclass(frozen=True)
class Law:
    name: str
    offenders: str
    """Selects what breaks it: one row an offender, its columns say who and by how much."""


LAWS = [
    Law(
        "the quantity law",
        """select o.number, l.number, l.ordered, l.over, l.open, l.received, l.reopened, l.cancelled
           from procurement_purchaseorderline l join procurement_purchaseorder o on o.id = l.order_id
           where l.ordered + l.over <> l.open + l.received - l.reopened + l.cancelled
              or least(l.ordered, l.over, l.open, l.received, l.reopened, l.cancelled) < 0
              or (l.open > 0 and l.over > 0) or l.reopened > l.received""",
    ),
    Law(
        "nothing is ordered without its approval",
        """select r.number, l.number from procurement_requisitionline l
           join procurement_requisition r on r.id = l.requisition_id
           join lateral (select a.id, a.status, a.asked_at, a.broken_by_id from governance_approvalrequest a
                         where a.about = 'procurement.requisition:' || r.id order by a.id desc limit 1) a on true
           where l.ordered > 0 and a.broken_by_id is null and (
             (a.status <> 'granted' and not exists (
                select from governance_autoapproval w
                where w.about = 'procurement.requisition:' || r.id and w.asked_at >= a.asked_at))
             or exists (
                select from governance_approvalstep s where s.request_id = a.id and s.lines @> to_jsonb(l.number)
                and s.status <> 'approved')
             or exists (
                select from governance_approvalstep s join governance_decision d on d.step_id = s.id
                where s.request_id = a.id and d.kind = 'approve' and d.out @> to_jsonb(l.number)
                and not exists (select from governance_decision t where t.takes_back_id = d.id)))""",
    ),
    Law(
        "open lines are counted on the order",
        """select o.number, o.open_line_count, s.open from procurement_purchaseorder o
           join (select order_id, count(*) filter (where open > 0) open, count(*) n, sum(amount) amount
                 from procurement_purchaseorderline group by 1) s on s.order_id = o.id
           where o.open_line_count <> s.open or o.line_count <> s.n or o.amount <> s.amount""",
    ),
    Law(
        "commitments say what the order lines say",
        """select c.order_number, c.line_number, c.quantity, l.ordered, l.cancelled, c.received, l.received, l.reopened
           from procurement_purchaseorderline l join finance_commitment c on c.id = l.commitment_id
           where c.received <> l.received - l.reopened or c.quantity <> l.ordered - l.cancelled or c.price <> l.price
           """,
    ),
    Law(
        "issued orders are bound line by line",
        """select o.number, l.number from procurement_purchaseorder o
           join procurement_purchaseorderline l on l.order_id = o.id
           where o.status in ('issued', 'closed') and l.commitment_id is null""",
    ),
    Law(
        "what was received is what accrued",
        """select c.order_number, c.line_number, c.received, coalesce(sum(a.quantity), 0)
           from finance_commitment c left join finance_accrual a on a.commitment_id = c.id
           group by c.id having c.received <> coalesce(sum(a.quantity), 0)""",
    ),
    Law(
        "stock is the sum of its movements",
        """select coalesce(b.site_id, m.site_id), coalesce(b.item_id, m.item_id), coalesce(b.status, m.status),
                  b.quantity, m.quantity
           from receiving_stockbalance b full join (
             select site_id, item_id, status, sum(quantity) quantity from receiving_stockmovement group by 1, 2, 3) m
             on (m.site_id, m.item_id, m.status) = (b.site_id, b.item_id, b.status)
           where coalesce(b.quantity, 0) <> coalesce(m.quantity, 0)""",
    ),
    Law(
        "what is promised stands there",
        """select b.site_id, b.item_id, b.allocated, coalesce(a.quantity, 0) from receiving_stockbalance b
           left join (select site_id, item_id, sum(quantity) quantity from fulfillment_allocation group by 1, 2) a
             on (a.site_id, a.item_id) = (b.site_id, b.item_id) and b.status = 'available'
           where b.allocated <> coalesce(a.quantity, 0) or b.allocated > b.quantity""",
    ),
    Law(
        "promises and demand agree",
        """select l.id, l.allocated, coalesce(sum(a.quantity), 0) from fulfillment_demandline l
           left join fulfillment_allocation a on a.line_id = l.id
           group by l.id having l.allocated <> coalesce(sum(a.quantity), 0)""",
    ),
    Law(
        "budgets are the sums of their movements",
        """select b.id, b.reserved, b.committed, b.accrued, b.actual from finance_budget b left join (
             select budget_id, coalesce(sum(amount) filter (where stage = 'reserved'), 0) reserved,
                    coalesce(sum(amount) filter (where stage = 'committed'), 0) committed,
                    coalesce(sum(amount) filter (where stage = 'accrued'), 0) accrued,
                    coalesce(sum(amount) filter (where stage = 'actual'), 0) actual
             from finance_budgetmovement group by 1) m on m.budget_id = b.id
           where (b.reserved, b.committed, b.accrued, b.actual) is distinct from
                 (coalesce(m.reserved, 0), coalesce(m.committed, 0), coalesce(m.accrued, 0), coalesce(m.actual, 0))""",
    ),
    Law(
        "commitments weigh on their budgets",
        """select b.id, b.committed, coalesce(sum(c.budget_open), 0) from finance_budget b
           left join finance_commitment c on c.budget_id = b.id
           group by b.id having b.committed <> coalesce(sum(c.budget_open), 0)""",
    ),
    Law(
        "open lines are expected",
        """select o.number, l.number, l.open, e.quantity from procurement_purchaseorderline l
           join procurement_purchaseorder o on o.id = l.order_id
           left join receiving_expected e on e.source = 'procurement.purchaseorderline:' || l.id
           where o.status in ('issued', 'closed') and l.open <> coalesce(e.quantity, 0)
              or o.status not in ('issued', 'closed') and coalesce(e.quantity, 0) <> 0""",
    ),
    Law(
        "request lines are ordered as often as order lines say",
        """select r.id, r.ordered, coalesce(s.quantity, 0) from procurement_requisitionline r left join (
             select s.requisition_line_id, sum(s.quantity) quantity from procurement_linesource s
             join procurement_purchaseorderline l on l.id = s.order_line_id
             join procurement_purchaseorder o on o.id = l.order_id
             where o.status <> 'cancelled' group by 1) s on s.requisition_line_id = r.id
           where r.ordered <> coalesce(s.quantity, 0)""",
    ),
    Law(
        "every order has lines",
        """select o.number from procurement_purchaseorder o
           where not exists (select from procurement_purchaseorderline l where l.order_id = o.id)""",
    ),
    Law(
        "every revision of an order is kept",
        """select o.number, o.revision, count(r.id) from procurement_purchaseorder o
           left join procurement_orderrevision r on r.order_id = o.id and r.number <= o.revision
           group by o.id having count(r.id) <> o.revision""",
    ),
    Law(
        "an open case has an owner",
        """select number, kind from governance_case
           where owner_id is null and status in ('open', 'in_progress', 'waiting_supplier', 'waiting_internal')""",
    ),
    Law(
        "what is asked for waits for somebody",
        """select r.number from procurement_requisition r
           left join governance_approvalrequest a
             on a.about = 'procurement.requisition:' || r.id and a.status = 'open'
           where r.status = 'in_approval' and not exists (
             select from governance_task t join governance_approvalstep s on s.id = t.step_id
             where s.request_id = a.id and t.is_open)
             and not exists (
             select from governance_case c
             where c.kind = 'no_approver' and c.about = 'procurement.requisition:' || r.id)
             and not exists (
             select from governance_approvalstep s where s.request_id = a.id and s.status = 'held')""",
    ),
    Law(
        "what was billed stands on released invoices",
        """select c.order_number, c.line_number, c.billed, coalesce(i.quantity, 0) from finance_commitment c
           left join (select l.commitment_id, sum(l.quantity) quantity from finance_invoiceline l
                      join finance_invoice i on i.id = l.invoice_id where i.status = 'released' group by 1) i
             on i.commitment_id = c.id where c.billed <> coalesce(i.quantity, 0)""",
    ),
    Law(
        "what is held from payment is held by accruals",
        """select c.order_number, c.line_number, c.on_hold, coalesce(sum(a.held_quantity), 0) from finance_commitment c
           left join finance_accrual a on a.commitment_id = c.id and a.held_quantity > 0
           group by c.id having c.on_hold <> coalesce(sum(a.held_quantity), 0)""",
    ),
    Law(
        "what left is on shipments",
        """select l.id, l.shipped, coalesce(s.quantity, 0) from fulfillment_demandline l left join (
             select x.line_id, sum(x.quantity) quantity from fulfillment_shipmentline x
             join fulfillment_shipment s on s.id = x.shipment_id where s.status = 'shipped' group by 1) s
             on s.line_id = l.id where l.shipped <> coalesce(s.quantity, 0)""",
    ),
    Law(
        "what is announced stands on ship notices",
        """select e.number, e.source, e.announced, coalesce(n.quantity, 0) from receiving_expected e left join (
             select n.order_line_id, sum(greatest(n.quantity - n.received, 0)) quantity from receiving_shipnoticeline n
             join receiving_shipnotice s on s.id = n.notice_id
             where s.status not in ('received', 'cancelled') group by 1) n
             on e.source = 'procurement.purchaseorderline:' || n.order_line_id
           where e.announced <> coalesce(n.quantity, 0)""",
    ),
    Law(
        "a delivery that needs help has an open case",
        """select d.id, d.subscriber, d.note from foundation_delivery d join foundation_entry e on e.id = d.entry_id
           where d.status = 'parked' and not exists (
             select from governance_case c where c.kind = 'integration' and c.about = e.subject
             and c.status in ('open', 'in_progress', 'waiting_supplier', 'waiting_internal'))""",
    ),
]


def broken(*, say: Callable[[str], object], chains: int | None = None) -> list[str]:
    """One sentence for every law that does not hold; empty when the books agree."""
    found = []
    with connection.cursor() as cursor:
        for law in LAWS:
            cursor.execute(f"select *, count(*) over () from ({law.offenders}) offenders limit {FIRST}")
            if rows := cursor.fetchall():
                shown = "; ".join(" ".join(map(str, row[:-1])) for row in rows)
                found.append(f"{law.name}: {rows[0][-1]} offenders, the first: {shown}")
    every = dict(heads())
    if silent := [subject for subject, (length, _head) in every.items() if not length and not begins_later(subject)]:
        found.append(f"nothing is unrecorded: {len(silent)} offenders, the first: {', '.join(silent[:FIRST])}")
    walked = 0
    for part in parts(_some(every, chains)):
        walked += len(part)
        if links := broken_links(dict(part)):
            found.append(f"the chains hold: {len(links)} broken, the first: {', '.join(links[:FIRST])}")
    say(f"{len(LAWS)} laws and {walked} chains looked at, {len(found)} broken")
    return found


def begins_later(subject: str) -> bool:
    """A person's record begins when he is first shut out; whoever is let in by a role stands in the role's record."""
    return subject.startswith("organization.person:")


def _some(every: dict[str, tuple[int, str]], wanted: int | None) -> list[tuple[str, tuple[int, str]]]:
    """All chains, or every n-th so that about as many as wanted are looked at."""
    step = max(1, len(every) // wanted) if wanted else 1
    return list(every.items())[::step]
