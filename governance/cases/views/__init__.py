"""The screens of exceptions: their list, the page of one, its verbs, what other pages show of them."""
