"""What can be done about approvals: ask, waive, decide, take back, withdraw."""

from governance.approvals.actions.asking import ask, restaff, supersede, withdraw
from governance.approvals.actions.deciding import Early, apply_decision, decide, take_back
from governance.approvals.actions.waiving import waive

__all__ = ["Early", "apply_decision", "ask", "decide", "restaff", "supersede", "take_back", "waive", "withdraw"]
