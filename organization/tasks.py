"""Entrances for the clock, and where Celery finds those of the notifications."""

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils.timezone import now

from foundation.door import Busy
from foundation.lifecycles import Refused
from foundation.values.actor import DEADLINE, Actor
from organization.notifications.tasks import clock_mail
from organization.people import links
from organization.scopes import actions as scopes
from organization.scopes import queries

__all__ = ["clock_doors", "clock_mail", "clock_roles"]

CLOCK = Actor(DEADLINE, "roles")
AHEAD = timedelta(days=7)
"""How long before its end a role that was given for a time is said to end."""


@shared_task(name="organization.tasks.clock_roles", expires=60)
def clock_roles(**later: Any) -> int:
    """End roles whose time is over, and announce those that end within a week. Running twice at a time is harmless."""
    done = 0
    for membership in queries.ending(by=now() + AHEAD)[:500]:
        is_over = membership.ends_at <= now()
        if not is_over and membership.warned_at:
            continue
        act = scopes.expire_role if is_over else scopes.announce_end
        try:
            act(membership=membership, by=CLOCK, at=now(), key=f"{membership.pk}:{membership.ends_at.isoformat()}")
            done += 1
        except (Refused, Busy):
            continue  # the last who can do it stays; what somebody holds this moment is looked at in a minute
    return done


@shared_task(name="organization.tasks.clock_doors", expires=600)
def clock_doors(**later: Any) -> int:
    """Forget sessions, codes, challenges and whatever else opens nothing any more."""
    return links.forget_expired(at=now())
