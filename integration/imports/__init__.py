"""Files taken in: mapped, previewed, applied, undone."""
