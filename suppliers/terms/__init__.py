"""What was agreed with a supplier, for an entity, a site or a category, from a day on."""
