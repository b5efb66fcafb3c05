"""What is on its way to whom: the journal's deliveries, as the people who keep them moving see them."""
