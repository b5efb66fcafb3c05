"""Invoice against order and receipt."""
