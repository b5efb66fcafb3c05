from collections import Counter
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from foundation.values.reason import Reason
from procurement.orders import rules
from procurement.orders.rules import Counters, Impossible, law

VERBS = {
    "receive": rules.receive,
    "reverse": rules.reverse_receipt,
    "send back, expect again": lambda line, quantity: rules.send_back(line, quantity, replace=True),
    "send back for good": lambda line, quantity: rules.send_back(line, quantity, replace=False),
    "cancel": rules.cancel_remainder,
    "short-close": lambda line, _: rules.short_close(line),
    "reopen": rules.reopen,
    "change": rules.change_ordered,
}
CARELESS = {
    "receive": lambda line, quantity: replace(line, open=line.open - quantity, received=line.received + quantity),
    "reverse": lambda line, quantity: replace(line, open=line.open + quantity, received=line.received - quantity),
    "send back, expect again": lambda line, quantity: replace(
        line, open=line.open + quantity, reopened=line.reopened + quantity
    ),
    "send back for good": lambda line, quantity: replace(line, reopened=line.reopened + quantity),
    "cancel": lambda line, quantity: replace(line, cancelled=line.cancelled + quantity),
    "short-close": lambda line, _: replace(line, open=Decimal(0)),
    "reopen": lambda line, quantity: replace(line, open=line.open + quantity, cancelled=line.cancelled - quantity),
    "change": lambda line, quantity: replace(line, ordered=quantity, open=line.open + quantity - line.ordered),
}
QUANTITIES = [Decimal(text) for text in ("1", "3", "0.5", "40", "130", "0.000001")]


def line(**counters: int) -> Counters:
    return Counters(**{name: Decimal(value) for name, value in counters.items()})


def walk(verbs: dict, steps: int, seed: int) -> tuple[list[Reason], Counter]:
    """Random steps on forty lines until a sentence of the law breaks."""
    random, done = Random(seed), Counter()
    names, lines = list(verbs), [Counters.of(Decimal(100))] * 40
    for _ in range(steps):
        place, name = int(random.random() * 40), names[int(random.random() * len(names))]
        try:
            lines[place] = verbs[name](lines[place], QUANTITIES[int(random.random() * 6)])
        except Impossible:
            done["refused"] += 1
            continue
        done[name] += 1
        if broken := list(law(lines[place])):
            return broken, done
        if lines[place].cancelled > 1000:
            lines[place] = Counters.of(Decimal(100))
    return [], done


class TestReceive:
    def test_takes_from_what_is_open(self):
        assert rules.receive(line(ordered=10, open=10), Decimal(4)) == line(ordered=10, open=6, received=4)

    def test_counts_what_is_too_much_as_over(self):
        assert rules.receive(line(ordered=10, open=10), Decimal(12)) == line(ordered=10, over=2, received=12)

    @pytest.mark.parametrize("quantity", ["0", "-1"])
    def test_refuses_nothing_and_less(self, quantity):
        with pytest.raises(Impossible, match="must be above zero"):
            rules.receive(line(ordered=10, open=10), Decimal(quantity))


class TestReverseReceipt:
    def test_opens_the_line_again(self):
        received = line(ordered=10, open=6, received=4)

        assert rules.reverse_receipt(received, Decimal(4)) == line(ordered=10, open=10)

    def test_takes_what_was_over_first(self):
        received = line(ordered=10, over=2, received=12)

        assert rules.reverse_receipt(received, Decimal(3)) == line(ordered=10, open=1, received=9)

    def test_cannot_unreceive_what_went_back(self):
        sent_back = line(ordered=10, open=4, received=10, reopened=4)

        with pytest.raises(Impossible, match="Only 6 was received and has not gone back; 7 is more"):
            rules.reverse_receipt(sent_back, Decimal(7))


class TestSendBack:
    def test_expects_a_replacement(self):
        sent_back = rules.send_back(line(ordered=10, received=10), Decimal(4), replace=True)

        assert sent_back == line(ordered=10, open=4, received=10, reopened=4)

    def test_without_replacement_is_expected_no_more(self):
        sent_back = rules.send_back(line(ordered=10, received=10), Decimal(4), replace=False)

        assert sent_back == line(ordered=10, received=10, reopened=4, cancelled=4)
        assert sent_back.kept == 6

    @pytest.mark.parametrize("replacement", [True, False])
    def test_lets_what_was_over_go_first(self, replacement):
        too_many = line(ordered=10, over=2, received=12)

        assert rules.send_back(too_many, Decimal(2), replace=replacement) == line(ordered=10, received=10)

    def test_cannot_send_back_the_same_goods_twice(self):
        sent_back = rules.send_back(line(ordered=10, received=10), Decimal(10), replace=False)

        with pytest.raises(Impossible, match="Only 0 was received"):
            rules.send_back(sent_back, Decimal(1), replace=False)


class TestCancelRemainder:
    def test_stops_waiting_for_a_part(self):
        assert rules.cancel_remainder(line(ordered=10, open=6, received=4), Decimal(5)) == line(
            ordered=10, open=1, received=4, cancelled=5
        )

    def test_refuses_more_than_is_open(self):
        with pytest.raises(Impossible, match="Only 6 is still open, so 7 cannot be cancelled"):
            rules.cancel_remainder(line(ordered=10, open=6, received=4), Decimal(7))


class TestShortClose:
    def test_stops_waiting_for_everything(self):
        closed = rules.short_close(line(ordered=10, open=6, received=4))

        assert closed == line(ordered=10, received=4, cancelled=6)
        assert closed.is_settled

    def test_changes_nothing_when_nothing_is_open(self):
        full = line(ordered=10, received=10)

        assert rules.short_close(full) == full


class TestReopen:
    def test_waits_again(self):
        closed = line(ordered=10, received=4, cancelled=6)

        assert rules.reopen(closed, Decimal(2)) == line(ordered=10, open=2, received=4, cancelled=4)

    def test_counts_late_goods_against_it(self):
        came_after_all = rules.receive(line(ordered=10, received=4, cancelled=6), Decimal(5))

        assert rules.reopen(came_after_all, Decimal(6)) == line(ordered=10, open=1, received=9)

    def test_refuses_more_than_was_cancelled(self):
        with pytest.raises(Impossible, match="Only 6 was cancelled"):
            rules.reopen(line(ordered=10, received=4, cancelled=6), Decimal(7))


class TestChangeOrdered:
    def test_opens_what_was_added(self):
        assert rules.change_ordered(line(ordered=10, open=6, received=4), Decimal(12)) == line(
            ordered=12, open=8, received=4
        )

    def test_lets_an_increase_take_up_what_was_over(self):
        too_many = line(ordered=10, over=3, received=13)

        assert rules.change_ordered(too_many, Decimal(12)) == line(ordered=12, over=1, received=13)
        assert rules.change_ordered(too_many, Decimal(15)) == line(ordered=15, open=2, received=13)

    def test_takes_a_decrease_from_what_is_open(self):
        assert rules.change_ordered(line(ordered=10, open=6, received=4), Decimal(4)) == line(ordered=4, received=4)

    def test_refuses_less_than_was_received_or_cancelled(self):
        with pytest.raises(Impossible, match="5 has already been received or cancelled"):
            rules.change_ordered(line(ordered=10, open=5, received=4, cancelled=1), Decimal(4))

    def test_refuses_zero_and_says_to_cancel(self):
        with pytest.raises(Impossible, match="to drop a line, cancel it"):
            rules.change_ordered(line(ordered=10, open=10), Decimal(0))


class TestLaw:
    @pytest.mark.parametrize(
        ("broken", "code"),
        [
            (line(ordered=10, open=9), "does_not_add_up"),
            (line(ordered=10, open=11, cancelled=-1), "negative"),
            (line(ordered=10, open=2, over=2, received=10), "open_and_over"),
            (line(ordered=10, open=11, reopened=1), "reopened_unreceived"),
        ],
    )
    def test_names_the_sentence_that_is_broken(self, broken, code):
        assert [reason.code for reason in law(broken)] == [code]

    def test_holds_for_a_million_random_steps(self):
        broken, done = walk(VERBS, 1_000_000, seed=7)

        assert not broken
        assert all(done[name] > 20_000 for name in VERBS), done

    @pytest.mark.parametrize("name", CARELESS)
    def test_twin_with_one_careless_verb_is_caught(self, name):
        broken, _ = walk(VERBS | {name: CARELESS[name]}, 20_000, seed=7)

        assert broken
