"""Working calendars on the screen: a week as people write it, holidays in and out, the fortnight ahead."""

import datetime as dt

import pytest

from organization.calendars import queries
from organization.calendars.models import Calendar
from tests.pages import send, signed_in, words
from tests.scene import NOW, VERBS, fresh, give, person

OFFICE = [[480, 720], [780, 1020]]
WEEK = {f"day_{number}": "8:00-12:00, 13:00-17:00" for number in range(5)} | {"day_5": "", "day_6": ""}
NEW = {"name": "Office NL", "timezone": "Europe/Amsterdam", "country": "nl", **WEEK}


@pytest.fixture
def steward(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Data steward", ["edit_master_data"])
    who = person("steward")
    give(who, "Data steward")
    return signed_in(who)


@pytest.fixture
def calendar(scene):
    hours = [*[OFFICE] * 5, [], []]
    return Calendar.objects.create(name="Weekdays NL", timezone="Europe/Amsterdam", country="NL", hours=hours)


class TestEnter:
    def test_a_week_is_read_as_people_write_it(self, steward):
        answer = send(steward, "/calendars/new/", **NEW)

        made = Calendar.objects.get(name="Office NL")
        assert (answer.status_code, answer["Location"]) == (303, f"/calendars/{made.pk}/")
        assert made.hours == [*[OFFICE] * 5, [], []]
        assert (made.country, made.version) == ("NL", 1)

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"day_0": "morning"}, "Write hours such as"),
            ({"day_0": "12:00-8:00"}, "Hours must follow each other"),
            ({"day_0": "8:00-8:70"}, "An hour has 60 minutes"),
            ({"timezone": "Mars/Base"}, "This time zone is not known"),
            ({"country": "QQ"}, "are not known: leave it empty"),
            ({f"day_{number}": "" for number in range(7)}, "at least one day"),
        ],
    )
    def test_what_cannot_be_read_is_answered_in_words(self, steward, wrong, said):
        answer = send(steward, "/calendars/new/", **{**NEW, **wrong})
        assert answer.status_code == 422
        assert said in words(answer)

    def test_sent_twice_it_is_entered_once(self, steward):
        same = {**NEW, "key": "the-same-key-again"}
        assert [steward.post("/calendars/new/", same).status_code for _time in range(2)] == [303, 303]

    def test_a_name_is_taken_once(self, steward, calendar):
        answer = send(steward, "/calendars/new/", **{**NEW, "name": "weekdays nl"})
        assert (answer.status_code, "choose another name" in words(answer)) == (409, True)

    def test_a_right_for_one_site_is_not_enough(self, scene, calendar, monkeypatch):
        monkeypatch.setitem(VERBS, "Data steward", ["edit_master_data"])
        local = person("local")
        give(local, "Data steward", site=scene.site.pk)

        assert send(signed_in(local), "/calendars/new/", **NEW).status_code == 403
        answer = send(signed_in(local), f"/calendars/{calendar.pk}/change/", seen=calendar, **NEW)

        assert (answer.status_code, fresh(calendar).name) == (403, "Weekdays NL")


class TestSpecialDays:
    def day(self, steward, calendar, on, what="Stocktaking", hours=""):
        url = f"/calendars/{calendar.pk}/days/"
        return send(steward, url, seen=fresh(calendar), on=on, what=what, hours=hours)

    def test_come_and_go(self, steward, calendar):
        assert self.day(steward, calendar, "2026-12-24").status_code == 303
        assert fresh(calendar).special_days == {"2026-12-24": {"what": "Stocktaking", "hours": []}}
        assert "Stocktaking" in words(steward.get(f"/calendars/{calendar.pk}/"))

        assert self.day(steward, calendar, "2026-12-24").status_code == 409
        gone = send(steward, f"/calendars/{calendar.pk}/days/remove/", seen=fresh(calendar), on="2026-12-24")

        assert (gone.status_code, fresh(calendar).special_days) == (303, {})

    def test_an_old_page_is_refused(self, steward, calendar):
        self.day(steward, calendar, "2026-12-24")
        url = f"/calendars/{calendar.pk}/days/"
        answer = send(steward, url, seen=calendar, on="2026-12-31", what="New year", hours="")
        assert (answer.status_code, len(fresh(calendar).special_days)) == (409, 1)

    def test_go_before_public_holidays(self, steward, calendar):
        self.day(steward, calendar, "2026-04-06", what="Spring truck", hours="8-12")

        days = {day.on: day for day in queries.days_ahead(fresh(calendar), dt.date(2026, 4, 2))}

        assert (days[dt.date(2026, 4, 3)].hours, days[dt.date(2026, 4, 3)].why) == ("", "Good Friday")
        assert (days[dt.date(2026, 4, 6)].hours, days[dt.date(2026, 4, 6)].why) == ("8:00-12:00", "Spring truck")
        assert len(days) == 14

    def test_are_counted(self, calendar):
        calendar.special_days = {"2026-03-03": {"what": "Stocktaking", "hours": []}}
        counted = queries.week(calendar, [2026])
        due = counted.add_working(NOW, dt.timedelta(hours=8))  # Monday ten o'clock there, six hours left of the day
        assert due.isoformat() == "2026-03-04T10:00:00+01:00"


def test_everybody_looks_at_them_at_a_small_price(scene, calendar, django_assert_max_num_queries):
    scene.site.calendar = calendar
    scene.site.save()
    client = signed_in(scene.people["requester"])
    with django_assert_max_num_queries(12):
        assert "1 calendar" in words(client.get("/calendars/"))
    with django_assert_max_num_queries(12):
        page = words(client.get(f"/calendars/{calendar.pk}/"))
    assert "RTM Rotterdam" in page
    assert "Add the day" not in page
