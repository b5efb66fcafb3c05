"""The tables of EDIFACT, D.96A to D.11A."""
