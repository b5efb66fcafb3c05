"""What we and a supplier say to each other about a case, and how it is settled between us."""
