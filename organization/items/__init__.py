"""What is bought: categories, units, items and their packs."""
