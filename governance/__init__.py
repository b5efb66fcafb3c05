"""What the rules are: authority, approvals, cases."""
