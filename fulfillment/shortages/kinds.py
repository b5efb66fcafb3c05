"""Kinds of cases that a short delivery opens: whose they are, and how fast."""

from django.utils.translation import gettext_lazy as _

from governance.cases import kinds
from governance.cases.kinds import HIGH, LOW, NORMAL, Kind

kinds.register(
    customer_impact=Kind(_("Customers to be told"), "Customer service", 4, HIGH),
    stock_shortage=Kind(_("Short for customers"), "Planner", 4, NORMAL),
    expedite_granted=Kind(_("Book the expedited delivery"), "Buyer", 4, HIGH),
    commitment_shift=Kind(_("Commitment comes later"), "Controller", 16, LOW),
)
