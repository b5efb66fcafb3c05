"""Unsent orders put together or taken apart: whole lines move, with everything that hangs on them."""
