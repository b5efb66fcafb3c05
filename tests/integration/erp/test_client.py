"""What the client holds to be certain after each way a call can go."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from integration.erp.client import ErpClient, Unavailable
from integration.erp.outcomes import Accepted, Delivered, Refused, Retry, Unknown, pause

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class TestPost:
    def test_brings_back_the_erp_s_number(self, client, order):
        assert client.post(order, key="k") == Delivered("4500000001", revision=1)

    def test_brings_back_the_same_number_for_a_repeat(self, client, order):
        assert client.post(order, key="k") == client.post(order, key="k")

    def test_is_refused_in_the_erp_s_words(self, client, erp, order):
        client.post(order, key="k")

        outcome = client.post(order.__class__(**{**vars(order), "incoterm": "EXW"}), key="k")

        assert outcome == Refused("This key was used before with other content.")

    def test_is_to_be_repeated_when_the_erp_waits_for_another_document(self, client, receipt):
        outcome = client.post(receipt, key="k")

        assert outcome == Retry("Purchase order PO-NL01-2026-000123 is not known here.", after=timedelta(seconds=5))

    def test_is_to_be_repeated_when_nobody_listens(self, order):
        nowhere = ErpClient("http://127.0.0.1:1", keyed=True)

        assert isinstance(nowhere.post(order, key="k"), Retry)

    def test_is_to_be_repeated_in_an_outage(self, client, erp, order):
        erp.control("/outage", {"on": True})

        assert client.post(order, key="k") == Retry("The ERP is not available.", after=timedelta(seconds=30))


class TestFaults:
    """Each fault the stand-in can play, what is concluded from it, and whether the document is in the ERP."""

    @pytest.mark.parametrize(
        ("fault", "concluded", "is_posted"),
        [
            ("drop_before_commit", Unknown, False),
            ("drop_after_commit", Unknown, True),
            ("truncated_json", Unknown, True),
            ("wrong_schema", Unknown, True),
            ("html_maintenance_200", Unknown, False),
            ("status:500", Unknown, False),
            ("status:502", Unknown, False),
            ("status:504", Unknown, False),
            ("status:429", Retry, False),
            ("status:503", Retry, False),
            ("status:401", Retry, False),
            ("status:422", Refused, False),
            ("duplicate_commit", Delivered, True),
        ],
    )
    def test_is_understood(self, client, erp, order, fault, concluded, is_posted):
        erp.fault(fault)

        outcome = client.post(order, key="k")

        assert isinstance(outcome, concluded)
        assert (order.number in erp.effects()) is is_posted

    def test_no_answer_in_time_leaves_it_unknown(self, erp, client_for, order):
        erp.fault("delay", seconds=600)

        assert isinstance(client_for(erp, timeout=0.3).post(order, key="k"), Unknown)

    def test_an_answer_that_drips_in_leaves_it_unknown(self, erp, client_for, order):
        erp.fault("slow_body", seconds=20)

        assert isinstance(client_for(erp, timeout=1).post(order, key="k"), Unknown)

    def test_an_acceptance_is_not_a_posting(self, client, erp, order):
        erp.fault("accepted_then_failed", seconds=600)

        assert isinstance(client.post(order, key="k"), Accepted)

    def test_an_acceptance_that_failed_is_a_refusal(self, client, erp, order):
        erp.fault("accepted_then_failed", seconds=0)

        assert client.post(order, key="k") == Refused("The posting period is closed.")

    def test_every_fault_is_tried_here(self, erp):
        kinds = set(erp.http.get("/faults").json()["kinds"])
        tried = {kind for kind in kinds if kind in Path(__file__).read_text()}

        assert tried == kinds


class TestRevise:
    def test_replaces_the_order(self, client, order, later_revision):
        number = client.post(order, key="k").number

        assert client.revise(later_revision, erp_number=number) == Delivered(number, revision=2)

    def test_may_be_repeated_after_an_unknown_end(self, client, erp, order, later_revision):
        number = client.post(order, key="k").number
        erp.fault("drop_after_commit")

        first = client.revise(later_revision, erp_number=number)

        assert isinstance(first, Unknown)
        assert client.revise(later_revision, erp_number=number) == Delivered(number, revision=2)

    def test_is_refused_when_a_later_one_was_there_first(self, client, order, later_revision):
        number = client.post(order, key="k").number
        client.revise(later_revision, erp_number=number)

        outcome = client.revise(order, erp_number=number)

        assert outcome == Refused("PO-NL01-2026-000123 stands at revision 2 already.")


class TestLookUp:
    def test_finds_nothing_where_nothing_is(self, client, order):
        assert client.look_up(order) is None

    def test_finds_what_was_posted(self, client, order):
        posted = client.post(order, key="k")

        assert client.look_up(order) == posted

    def test_tells_of_doubles(self, client, erp, order):
        erp.fault("duplicate_commit")
        client.post(order, key="k")

        assert client.look_up(order) == Delivered("4500000001", revision=1, doubles=("4500000002",))

    @pytest.mark.parametrize(
        "fault",
        ["status:500", "status:401", "html_maintenance_200", "truncated_json", "wrong_schema", "drop_after_commit"],
    )
    def test_never_takes_a_bad_answer_for_nothing(self, client, erp, order, fault):
        client.post(order, key="k")
        erp.fault(fault, match="GET purchase-orders")

        assert isinstance(client.look_up(order), Unknown)


class TestDeliver:
    def deliver(self, client, order, asked_at=None):
        asked = []
        outcome = client.deliver(
            order, key="k", asked_at=asked_at, now=NOW, before_asking=lambda: asked.append(client.look_up(order))
        )
        return outcome, asked

    def test_makes_the_asking_known_before_it_asks(self, client, order):
        outcome, asked = self.deliver(client, order)

        assert isinstance(outcome, Delivered)
        assert asked == [None]

    def test_asks_nothing_while_a_late_posting_could_still_show(self, keyless_erp, client_for, order):
        client = client_for(keyless_erp, keyed=False, settle=60)

        outcome, asked = self.deliver(client, order, asked_at=NOW - timedelta(seconds=20))

        assert outcome.after == timedelta(seconds=40)
        assert (asked, keyless_erp.effects()) == ([], [])

    def test_finds_an_earlier_posting_instead_of_repeating_it(self, keyless_erp, client_for, order):
        client = client_for(keyless_erp, keyed=False, settle=60)
        posted = client.post(order, key="")

        outcome, asked = self.deliver(client, order, asked_at=NOW - timedelta(seconds=60))

        assert (outcome, asked) == (posted, [])

    def test_posts_again_when_the_erp_has_nothing(self, keyless_erp, client_for, order):
        client = client_for(keyless_erp, keyed=False, settle=60)

        outcome, _ = self.deliver(client, order, asked_at=NOW - timedelta(seconds=60))

        assert outcome == Delivered("4500000001", revision=1)

    def test_does_not_post_when_the_erp_cannot_be_asked(self, keyless_erp, client_for, order):
        client = client_for(keyless_erp, keyed=False, settle=60)
        keyless_erp.fault("status:500", match="GET purchase-orders")

        outcome, asked = self.deliver(client, order, asked_at=NOW - timedelta(seconds=60))

        assert isinstance(outcome, Unknown)
        assert asked == []

    def test_needs_no_waiting_when_the_erp_knows_keys(self, client, order):
        first = client.post(order, key="k")

        outcome, _ = self.deliver(client, order, asked_at=NOW)

        assert outcome == first

    def test_settles_no_shorter_than_twice_its_own_patience(self):
        assert ErpClient("http://erp", keyed=False).settle == timedelta(seconds=60)
        assert ErpClient("http://erp", keyed=False, timeout=timedelta(seconds=45)).settle == timedelta(seconds=90)


class TestChanges:
    def test_pages_through_what_changed(self, client, order, receipt):
        client.post(order, key="k1")
        first, position = client.changes()
        client.post(receipt, key="k2")
        second, _ = client.changes(since=position)

        assert [row["reference"] for row in first + second] == [order.number, receipt.number]

    @pytest.mark.parametrize("fault", ["status:500", "wrong_schema", "html_maintenance_200", "stale_look_up"])
    def test_says_when_the_list_is_not_to_be_trusted(self, client, erp, fault):
        erp.fault(fault, match="GET documents")

        with pytest.raises(Unavailable):
            client.changes()


class TestIsUp:
    def test_tells_an_outage(self, client, erp):
        before = client.is_up()
        erp.control("/outage", {"on": True})

        assert (before, client.is_up()) == (True, False)


class TestPause:
    def test_reads_seconds_and_dates(self):
        assert pause("120") == timedelta(seconds=120)
        assert pause(format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)) > timedelta(minutes=59)

    @pytest.mark.parametrize("header", ["", "soon", "-5", "٣", "Wed, 99 Foo 2026"])
    def test_ignores_what_is_neither(self, header):
        assert pause(header) is None

    def test_is_not_talked_into_waiting_for_ever(self):
        assert pause("9" * 30) == timedelta(days=1)
