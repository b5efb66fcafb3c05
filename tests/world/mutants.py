"""One broken row for every law of the books: with this row, the law must be named.

``FIRST`` stands for the lowest key of the statement's own table, whatever numbers its sequence has reached.
"""

MUTANTS = {
    "the quantity law": [
        "alter table procurement_purchaseorderline drop constraint quantity_law",
        "update procurement_purchaseorderline set open = open + 1 where id = (select min(id) from procurement_purchaseorderline where over = 0)",
    ],
    "nothing is ordered without its approval": ["update governance_decision set out = '[1]' where kind = 'approve'"],
    "open lines are counted on the order": [
        "update procurement_purchaseorder set line_count = line_count + 1 where id = FIRST"
    ],
    "commitments say what the order lines say": [
        "update finance_commitment set quantity = quantity + 1 where id = FIRST"
    ],
    "issued orders are bound line by line": [
        "update procurement_purchaseorderline set commitment_id = null where id = FIRST and commitment_id is not null"
    ],
    "what was received is what accrued": ["update finance_accrual set quantity = quantity + 1 where id = FIRST"],
    "stock is the sum of its movements": ["update receiving_stockbalance set quantity = quantity + 1 where id = FIRST"],
    "what is promised stands there": [
        "update receiving_stockbalance set quantity = quantity + 1, allocated = allocated + 1 where id = FIRST"
    ],
    "promises and demand agree": [
        "update fulfillment_demandline set allocated = allocated + 1, quantity = quantity + 1 where id = FIRST"
    ],
    "budgets are the sums of their movements": ["update finance_budget set actual = actual + 1 where id = FIRST"],
    "commitments weigh on their budgets": [
        "update finance_commitment set budget_open = budget_open + 1 where id = FIRST"
    ],
    "open lines are expected": ["update receiving_expected set quantity = quantity + 1 where id = FIRST"],
    "request lines are ordered as often as order lines say": [
        "update procurement_linesource set quantity = quantity + 1 where id = FIRST"
    ],
    "every order has lines": [
        "create temp table spare on commit drop as select * from procurement_purchaseorder limit 1",
        "update spare set id = 1000000, number = 'PO-NONE', public_id = gen_random_uuid()",
        "insert into procurement_purchaseorder select * from spare",
    ],
    "every revision of an order is kept": ["delete from procurement_orderrevision where id = FIRST"],
    "an open case has an owner": [
        "update governance_case set owner_id = null where id = (select min(id) from governance_case where status = 'open')"
    ],
    "what is asked for waits for somebody": ["update governance_task set is_open = false"],
    "what was billed stands on released invoices": [
        "update finance_commitment set billed = billed + 1 where id = FIRST"
    ],
    "what is held from payment is held by accruals": ["update finance_accrual set held_quantity = 1 where id = FIRST"],
    "what left is on shipments": ["update fulfillment_shipmentline set quantity = quantity + 1 where id = FIRST"],
    "what is announced stands on ship notices": [
        "update receiving_expected set announced = announced + 1 where id = FIRST"
    ],
    "a delivery that needs help has an open case": [
        "update foundation_delivery set status = 'parked' where id = (select min(id) from foundation_delivery)"
    ],
    "nothing is unrecorded": ["update organization_item set chain_length = 0, chain_head = '' where id = FIRST"],
    "the chains hold": ["update foundation_entry set facts = facts || '{\"forged\": true}' where id = FIRST"],
}
"""Law -> statements, run with the triggers of the tables they touch off."""
