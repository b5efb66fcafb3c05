"""Who may see and do what, where: reach compiled to one predicate, and querysets that refuse to run without one."""
