"""One line from request to match, on one page."""
