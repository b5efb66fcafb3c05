from collections.abc import Iterator

import pytest
from django.db.models.functions import Now
from django.test import Client

from foundation.jobs import actions as jobs
from foundation.jobs import tasks
from foundation.jobs.models import Job
from foundation.values.actor import Actor
from tests.foundation.screens import stage

pytestmark = pytest.mark.django_db
ANNA = Actor("person", "1")


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "STEP", 2)
    jobs.register("count", count)
    jobs.register("break", lambda job: 1 / 0)
    monkeypatch.setattr(jobs, "_kinds", dict(jobs._kinds))


def count(job: Job) -> None:
    jobs.expect(job, 5)
    for _ in jobs.counted(job, range(5)):
        pass


def asked(kind: str = "count", by: Actor = ANNA) -> Job:
    return jobs.start(kind=kind, title="Count to five", by=by, at=stage.AT, request={})


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


class TestClaim:
    def test_takes_the_oldest_once(self) -> None:
        first, second = asked(), asked()

        assert [jobs.claim(), jobs.claim(), jobs.claim()] == [first, second, None]

    def test_takes_over_from_a_worker_that_is_gone(self) -> None:
        job = asked()
        jobs.claim()
        Job.objects.filter(pk=job.pk).update(lease_until=Now())

        assert jobs.claim() == job
        assert fresh(job).attempts == 2

    def test_gives_up_after_three_workers(self) -> None:
        job = asked()
        for _ in range(3):
            jobs.claim()
            Job.objects.filter(pk=job.pk).update(lease_until=Now())

        assert jobs.claim() is None
        assert jobs.give_up() == 1
        assert fresh(job).status == Job.Status.FAILED


class TestRun:
    def test_counts_and_ends(self) -> None:
        job = asked()

        tasks.clock_jobs()

        assert (fresh(job).status, fresh(job).done_count, fresh(job).percent) == (Job.Status.DONE, 5, 100)

    def test_ends_in_its_result_when_it_breaks_and_lets_the_next_one_run(self, caplog) -> None:
        broken, next_one = asked("break"), asked()

        tasks.clock_jobs()

        assert (fresh(broken).status, fresh(broken).result) == (Job.Status.FAILED, {"error": "division by zero"})
        assert fresh(next_one).status == Job.Status.DONE

    def test_stops_at_the_next_step_when_cancelled(self) -> None:
        job = asked()
        claimed = jobs.claim()
        units = iter(jobs.counted(claimed, endless()))
        for _ in range(3):
            next(units)

        jobs.cancel(job=job)

        with pytest.raises(jobs.Cancelled):
            [next(units) for _ in range(5)]
        assert (fresh(job).status, fresh(job).done_count) == (Job.Status.CANCELLED, 2)


def endless() -> Iterator[int]:
    while True:
        yield 1


class TestQueues:
    def test_each_is_claimed_by_its_own_worker(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(jobs, "_queues", dict(jobs._queues))
        jobs.register("long", count, queue="import")
        short, long = asked(), asked("long")

        assert [jobs.claim("import"), jobs.claim("import"), jobs.claim(), jobs.claim()] == [long, None, short, None]

    def test_a_job_can_be_taken_once_without_a_worker(self) -> None:
        job = asked()

        assert jobs.take(job) == job
        assert jobs.take(job) is None
        assert jobs.claim() is None

    def test_slow_units_renew_the_lease(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(jobs, "STEP", 10**6)
        monkeypatch.setattr(jobs, "PATIENCE", 0.0)
        job = jobs.take(asked())

        seen = []
        for _unit in jobs.counted(job, range(3)):
            seen.append(fresh(job).done_count)

        assert seen == [0, 1, 2]


class TestPage:
    def test_shows_only_ones_own_jobs(self) -> None:
        anna, other = stage.a_person("Anna Vos"), stage.a_person("Olga Other")
        job = asked(by=anna.actor)
        mine, theirs = Client(), Client()
        mine.force_login(anna)
        theirs.force_login(other)

        assert mine.get(f"/jobs/{job.pk}/").status_code == 200
        assert theirs.get(f"/jobs/{job.pk}/").status_code == 404
        assert "Count to five" not in theirs.get("/jobs/").content.decode()
        assert theirs.post(f"/jobs/{job.pk}/cancel/", {"key": "a-key-of-hers"}).status_code == 404

    def test_asks_again_until_it_is_over(self) -> None:
        anna = stage.a_person("Anna Vos")
        client = Client()
        client.force_login(anna)
        job = asked(by=anna.actor)
        before = client.get(f"/jobs/{job.pk}/").content.decode()
        tasks.clock_jobs()

        assert f'hx-get="/jobs/{job.pk}/"' in before
        assert f'hx-get="/jobs/{job.pk}/"' not in client.get(f"/jobs/{job.pk}/").content.decode()
