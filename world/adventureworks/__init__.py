"""AdventureWorks: the purchasing tables of a well-known sample, through the importers (docs/adventureworks.md)."""
