"""The days, one after the other."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from suppliers.suppliers import actions as suppliers
from suppliers.suppliers.models import Supplier
from world.deliveries import StandingClock
from world.history import asking, ending, guarding, ordering, paying, serving, settling
from world.history.story import Story
from world.scene import WORLD, Scene, at

CENTERS = ("RTM", "BHM")
REPLENISHED = (0, 2, 4)
"""On Mondays, Wednesdays and Fridays; one center in one week, the other in the next."""


def live(scene: Scene, say: Callable[[str], object]) -> Story:
    """Plan every working day, let it all happen, and see to it that the last day is worth looking at."""
    with StandingClock() as clock:
        clock.deliver(scene.founding)
        story = Story(scene, clock)
        day = scene.first_day
        while day <= scene.today:
            if day.weekday() < 5:
                _plan(story, day)
            day += timedelta(days=1)
        story.plan(at(scene.today - timedelta(days=scene.scale.days // 4), 9), block_one)
        story.plan(at(scene.today - timedelta(days=scene.scale.days // 6), 9.5), guarding.review)
        story.plan(at(scene.today - timedelta(days=scene.scale.days // 6), 10.5), guarding.accept)
        story.run(scene.until - ending.LAST)
        ending.finish(story)
    for what, times in sorted(story.refused.items()):
        say(f"  refused {times} times: {what}")
    return story


def _plan(story: Story, day: date) -> None:
    scene, random = story.scene, story.random
    sites = list(scene.sites.values())
    for _number in range(random.randint(scene.scale.requests - 1, scene.scale.requests + 1)):
        kind = scene.draw({"shop": 80, "project": 9, "service": 11})
        story.plan(at(day, random.uniform(6, 15)), asking.ask, random.choice(sites), kind)
    for _number in range(random.randint(scene.scale.sales - 1, scene.scale.sales + 1)):
        site = scene.sites[random.choice(CENTERS)] if story.chance(0.6) else random.choice(sites)
        story.plan(at(day, random.uniform(6.5, 15.5)), serving.sell, site)
    story.plan(at(day, 13), serving.dispatch)
    if day.weekday() in REPLENISHED:
        center = scene.sites[CENTERS[day.toordinal() % len(CENTERS)]]
        story.plan(at(day, 7.5), serving.replenish, center)
    for entity in scene.entities.values():
        story.plan(at(day, 8.5), ordering.empty_pool, entity)
        story.plan(at(day, 13.5), ordering.empty_pool, entity)
        story.plan(at(day, 10), paying.work, entity)
    story.plan(at(day, 8), settling.look)
    story.plan(at(day, 12), settling.look)
    story.plan(at(day, 11.5), settling.escalate)
    story.plan(at(day, 15.5), ordering.close)


def block_one(story: Story, when: datetime) -> None:
    """One supplier is blocked, another gets no new orders; their open orders go on."""
    for supplier, act, why in (
        (story.scene.suppliers[-1], suppliers.block, "Insurance certificate expired in spring."),
        (story.scene.suppliers[-2], suppliers.restrict, "Quality audit under way."),
    ):
        row = Supplier.objects.get(pk=supplier.pk)
        act(supplier=row, reason=why, by=WORLD, at=when, seen=row.version, key=story.key())
