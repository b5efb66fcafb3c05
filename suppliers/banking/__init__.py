"""Where suppliers are paid: accounts that change by two people and a call."""
