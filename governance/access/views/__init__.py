"""The screens of access: who can do what, why, conflicts of duties, reviews, and records at two points in time."""
