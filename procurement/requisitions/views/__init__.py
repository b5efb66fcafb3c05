"""The screens of a request: its list, writing it, its page."""
