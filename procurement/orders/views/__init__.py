"""The screens of an order: its list, its page, its verbs, its revisions."""
