"""What leaves: customer orders, allocations, shipments."""
