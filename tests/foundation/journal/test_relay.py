"""Lanes, results, retries, parking: what the relay does with each delivery."""

import pytest
from django.db import connection

from foundation.journal import leases
from foundation.journal.carrying import Carrier
from foundation.journal.leases import HANDED, LEFT_BEHIND, NEW, Result
from foundation.journal.models import Delivery
from foundation.journal.relay import Relay, drain
from foundation.lifecycles import Refused
from tests.foundation.documents import found, key, renamed

pytestmark = pytest.mark.django_db
READY, DONE, PARKED = Delivery.Status.READY, Delivery.Status.DONE, Delivery.Status.PARKED


@pytest.fixture
def heard(listen):
    """What the one subscriber was told, in order."""
    told = []

    def erp(event, *, key):
        told.append((event.subject, event.title, key))

    listen(erp)
    return told


def claim(which=NEW, **given):
    return leases.claim(which, **({"limit": 10, "lease": 20, "starts": 3, "patience": 15} | given))


def make_due(**changes):
    """Time passes for what waits."""
    Delivery.objects.filter(status=READY).update(next_at="2020-01-01T00:00Z", **changes)


def run_out():
    """Every lease ends, as when its holder died."""
    Delivery.objects.filter(lease_until__isnull=False).update(lease_until="2020-01-01T00:00Z")


class TestDrain:
    def test_delivers_in_the_order_in_which_it_happened(self, heard):
        document = found(title="one", key=key())
        renamed(document, "two")

        assert drain() == 2
        assert [title for _, title, _ in heard] == ["one", "two"]

    def test_goes_on_until_nothing_is_due_any_more(self, listen):
        def answers(event, *, key):
            if event.title == "question":
                renamed(document, "answer")

        listen(answers)
        document = found(title="question", key=key())

        assert drain() == 2

    def test_raises_what_a_subscriber_raises(self, listen):
        def breaks(event, *, key):
            raise ValueError("no such account")

        listen(breaks)
        found(title="one", key=key())

        with pytest.raises(ValueError, match="no such account"):
            drain()

    def test_gives_the_same_key_at_every_attempt(self, heard):
        found(title="one", key=key())
        drain()
        Delivery.objects.update(status=READY)

        drain()

        assert heard[0] == heard[1]

    def test_leaves_what_is_held_back_for_later(self, heard):
        found(title="one", key=key())
        Delivery.objects.update(next_at="2099-01-01T00:00Z")

        assert drain() == 0


class TestALane:
    def test_lets_only_its_head_leave(self, heard):
        document, other = found(title="one", key=key()), found(title="other", key=key())
        renamed(document, "two")

        first = [claimed.entry_id for claimed in claim()]

        assert len(first) == 2
        assert claim() == []
        assert Delivery.objects.exclude(entry__in=first).get().entry.facts["title"] == "two"
        assert other.pk != document.pk

    def test_is_blocked_by_a_parked_delivery_and_by_no_other_lane(self, heard):
        document, other = found(title="one", key=key()), found(title="other", key=key())
        renamed(document, "two")
        Delivery.objects.filter(entry__subject=document.subject, number=1).update(status=PARKED)

        drain()

        assert [subject for subject, *_ in heard] == [other.subject]

    def test_goes_on_behind_a_skipped_delivery(self, heard):
        document = found(title="one", key=key())
        renamed(document, "two")
        Delivery.objects.filter(number=1).update(status=Delivery.Status.SKIPPED)

        drain()

        assert [title for _, title, _ in heard] == ["two"]

    def test_is_of_one_subscriber_so_a_slow_one_holds_up_no_other(self, listen):
        told = []

        def erp(event, *, key):
            raise ConnectionError

        def wms(event, *, key):
            told.append(event.title)

        listen(erp, wms)
        document = found(title="one", key=key())
        renamed(document, "two")

        Relay(hands=1).work()

        assert told == ["one", "two"]


class TestAResult:
    def test_is_done_when_the_rules_refuse(self, listen):
        def refuses(event, *, key):
            raise Refused("It was taken back.")

        listen(refuses)
        found(title="one", key=key())

        drain()

        assert Delivery.objects.get().note == "refused: It was taken back."
        assert Delivery.objects.get().status == DONE

    def test_is_another_try_later_when_the_call_fails(self, listen):
        def fails(event, *, key):
            raise ConnectionError("nobody answers")

        listen(fails)
        found(title="one", key=key())

        Relay(hands=1).work()

        waiting = Delivery.objects.get()
        assert (waiting.status, waiting.attempts) == (READY, 1)
        assert waiting.note == "ConnectionError: nobody answers"
        assert 2 < leases.seconds_to_next() <= 5

    def test_is_parked_after_the_last_try(self, listen):
        def fails(event, *, key):
            raise ConnectionError

        listen(fails)
        found(title="one", key=key())

        for _ in range(3):
            make_due()
            Relay(hands=1, tries=3).work()

        assert Delivery.objects.get().status == PARKED

    def test_is_a_failure_with_a_name_when_nobody_listens_any_more(self, listen):
        listen(gone=lambda event, *, key: None)
        found(title="one", key=key())
        listen()

        Relay(hands=1).work()

        assert "Nobody listens as gone any more" in Delivery.objects.get().note

    def test_is_written_only_by_the_token_of_the_claim(self, heard):
        found(title="one", key=key())
        [slow] = claim()
        run_out()
        [quick] = claim(LEFT_BEHIND)

        assert leases.finish([Result(slow.pk, slow.token, DONE)]) == 0
        assert leases.finish([Result(quick.pk, quick.token, DONE)]) == 1

    def test_of_a_batch_that_took_too_long_is_to_begin_again_with_a_fresh_lease(self, heard):
        found(title="one", key=key())
        claims = claim()

        Carrier(lease=20).carry(claims, since=float("-inf"))

        assert heard == []
        assert (Delivery.objects.get().status, Delivery.objects.get().attempts) == (READY, 0)


class TestALostLease:
    def test_is_counted_apart_from_attempts_and_parks_after_the_third(self, heard):
        found(title="one", key=key())
        claim()

        for _ in range(3):
            run_out()
            [last] = claim(LEFT_BEHIND)

        assert last.is_parked
        assert "died" in Delivery.objects.get().note

    def test_is_taken_up_one_at_a_time_before_anything_new(self, heard):
        for title in ("one", "two", "three"):
            found(title=title, key=key())
        claim(limit=2)
        run_out()
        with connection.execute_wrapper(spy := Claims()):
            drain()

        assert spy.sizes == [1, 1, 0, 1, 0]


class Claims:
    """How many deliveries each claim took."""

    def __init__(self):
        self.sizes = []

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.lstrip().startswith("with due"):
            self.sizes.append(context["cursor"].rowcount)
        return result


class TestHandedOver:
    def test_is_not_due_for_a_while_and_has_no_lease(self, heard):
        found(title="one", key=key())

        [handed] = claim(handed=True)

        assert claim() == claim(LEFT_BEHIND) == []
        waiting = Delivery.objects.get()
        assert (waiting.note, waiting.lease_until, waiting.attempts) == (HANDED, None, 0)
        assert handed.token == waiting.token

    def test_is_begun_once_whoever_gets_the_message_twice(self, heard):
        found(title="one", key=key())
        [handed] = claim(handed=True)

        assert len(leases.start([handed[:2]], lease=20)) == 1
        assert leases.start([handed[:2]], lease=20) == []

    def test_is_not_begun_by_a_message_that_comes_after_somebody_else_took_it(self, heard):
        found(title="one", key=key())
        [handed] = claim(handed=True)
        make_due()
        claim()

        assert leases.start([handed[:2]], lease=20) == []

    def test_counts_as_nothing_when_the_message_is_lost(self, heard):
        found(title="one", key=key())
        claim(handed=True)
        make_due()

        drain()

        done = Delivery.objects.get()
        assert (done.status, done.attempts, done.lost) == (DONE, 1, 0)
