"""How often somebody may try to sign in: slow for a guesser, unnoticed by everybody else."""

import hashlib
import logging

from django.core.cache import cache

log = logging.getLogger("countersign.security")

WINDOW = 60
PER_ACCOUNT, PER_ADDRESS = 5, 20
"""Tries a minute: for one account from one address, and for one address."""


def must_wait(who: str, address: str, *, short: bool = False) -> bool:
    """Count this try, and say whether it is one too many. Without a cache nobody is locked out.

    ``short``: six digits are guessed. They are not tried uncounted; passkeys still open while the cache is away.
    """
    account = hashlib.sha256(f"{who.strip().lower()}|{address}".encode()).hexdigest()[:32]
    tries = {f"sign-in:{account}": PER_ACCOUNT, f"sign-in:from:{address}": PER_ADDRESS}
    try:
        counts = {key: _count(key) for key in tries}  # both, whatever the first one says
    except Exception:
        log.exception("The cache does not answer: tries are not counted")
        return short
    return any(counts[key] > most for key, most in tries.items())


def _count(key: str) -> int:
    cache.add(key, 0, WINDOW)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ended between the two
        return 1
