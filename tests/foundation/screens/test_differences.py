import pytest

from foundation.screens import differences

CASE = "governance.case:7"


class TestChanged:
    @pytest.mark.parametrize(
        ("name", "change", "said"),
        [
            ("status", ["open", "waiting_supplier"], ("Status", "Open", "Waiting for the supplier")),
            ("stake", ["0.000000", "1200.500000"], ("Stake", "", "1,200.50")),
            ("stake", ["11.763800", "12"], ("Stake", "11.76", "12.00")),
            ("resolved_at", [None, "2026-03-02T09:00:00Z"], ("Resolved at", "", "2 Mar 2026, 09:00")),
            ("root_cause", ["", "wet"], ("Root cause", "", "wet")),
            ("sightings", [1, 2], ("Sightings", "1", "2")),
            ("a_column_that_is_gone", ["x", "y"], ("A column that is gone", "x", "y")),
            ("resolved_at", [None, "not a time"], ("Resolved at", "", "not a time")),
        ],
    )
    def test_is_said_as_a_page_writes_it(self, name: str, change: list, said: tuple) -> None:
        (row,) = differences.changed(CASE, {name: change})

        assert (row["field"], row["before"], row["after"]) == said

    def test_leaves_out_what_means_nothing_to_a_person(self) -> None:
        assert differences.changed(CASE, {"owner_id": [1, 2], "facts": [[], [1]], "line_count": [0, 3]}) == []


def test_words_of_an_event() -> None:
    assert differences.words("procurement.orders.events.OrderIssued") == "Order issued"
