"""Deadlines count the hours in which somebody works: of the site, else of its entity, else all of them."""

import datetime as dt

from governance.approvals.queries import request_of
from governance.deadlines import due
from organization.calendars.models import Calendar
from tests.scene import NOW, requested

OFFICE = [*[[[480, 1020]]] * 5, [], []]


def calendar(name, **more):
    return Calendar.objects.create(name=name, timezone="Europe/Amsterdam", hours=OFFICE, **more)


def test_without_a_calendar_every_hour_counts(scene):
    assert due(NOW, 72, site_id=scene.site.pk) == NOW + dt.timedelta(hours=72)
    assert due(NOW, 72) == NOW + dt.timedelta(hours=72)


def test_the_sites_own_calendar_goes_before_the_entitys(scene):
    scene.entity.calendar = calendar("House")
    scene.entity.save()
    assert due(NOW, 8, site_id=scene.site.pk).isoformat() == "2026-03-03T09:00:00+01:00"

    scene.site.calendar = calendar("Dock", special_days={"2026-03-03": {"what": "Stocktaking", "hours": []}})
    scene.site.save()
    assert due(NOW, 8, site_id=scene.site.pk).isoformat() == "2026-03-04T09:00:00+01:00"


def test_public_holidays_are_off(scene):
    scene.site.calendar = calendar("Dutch", country="NL")
    scene.site.save()
    thursday = dt.datetime(2026, 4, 2, 14, tzinfo=dt.UTC)  # an hour before closing, ahead of Easter

    assert due(thursday, 2, site_id=scene.site.pk).date() == dt.date(2026, 4, 7)


def test_an_approver_has_working_hours(scene):
    scene.site.calendar = calendar("Office")
    scene.site.save()

    request = request_of(requested(scene).subject)

    step = request.steps.get()
    assert step.due_at == due(step.activated_at, step.sla_hours, site_id=scene.site.pk)
    assert step.due_at - step.activated_at > dt.timedelta(hours=float(step.sla_hours))


def test_costs_one_query(scene, django_assert_num_queries):
    with django_assert_num_queries(1):
        due(NOW, 8, site_id=scene.site.pk)
