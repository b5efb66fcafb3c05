"""Who looks after access: a review that managers are half through, conflicts that two accepted, a role for a time."""

from datetime import datetime, timedelta

from django.contrib.auth.models import Group

from governance.access import actions as access
from governance.access.duties import BY_KEY
from governance.access.models import ReviewItem
from organization.scopes import actions as scopes
from world.history.story import Story
from world.scene import WORLD

OWNER, CHIEF = "Hanna Prins", "Maud Terpstra"
SITE = "RTM"
LENT = "Bram Postma"
"""Stands in at the dock for some weeks, and was an inspector once."""
ACCEPTED, ASKED = "Jeroen Mulder", "Callum Reid"
CONFLICT = "receive-adjust"
REASON = "The warehouse lead counts and corrects; the controller looks through all corrections each Friday."


def review(story: Story, when: datetime) -> None:
    """Everybody who can act at one site; the branch manager begins to answer the next day."""
    scene, site = story.scene, story.scene.sites[SITE]
    place = scopes.scope_of(site=site.pk)
    for name, ends_at in (("Receiver", when + timedelta(days=45)), ("Quality inspector", None)):
        role, lent = Group.objects.get(name=name), scene.people[LENT]
        scopes.give_role(person=lent, role=role, scope=place, ends_at=ends_at, by=WORLD, at=when, key=story.key())
    owner = scene.people[OWNER]
    said = {"by": story.actor(owner), "at": when, "key": story.key()}
    made = access.start(title=f"Access to {site.name}", owner=owner, days=10, site=site, **said)
    story.plan(story.later(when, 20, 28), answer, made.pk)


def answer(story: Story, when: datetime, review: int) -> None:
    """What the person no longer does is removed, one role is kept, the rest waits."""
    items = ReviewItem.objects.filter(review=review, person=story.scene.people[LENT]).order_by("role")
    for item in items.select_related("reviewer"):
        said = {"by": story.actor(item.reviewer), "at": when, "seen": item.version, "key": story.key()}
        if item.role == "Quality inspector":
            access.remove(item=item, reason="Left the quality team in spring.", **said)
        elif item.role == "Receiver":
            access.keep(item=item, **said)


def accept(story: Story, when: datetime) -> None:
    """One conflict is accepted by two, another waits for the second yes."""
    for name in (ACCEPTED, ASKED):
        asked = access.ask_acceptance(
            person=story.scene.people[name],
            conflict=BY_KEY[CONFLICT],
            reason=REASON,
            until=when + timedelta(days=180),
            by=story.actor(story.scene.people[OWNER]),
            at=when,
            key=story.key(),
        )
        if name == ACCEPTED:
            chief = story.proven(story.scene.people[CHIEF])
            access.accept(acceptance=asked, by=chief, at=when, seen=asked.version, key=story.key())
