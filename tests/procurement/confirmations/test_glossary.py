"""One glossary of answers: every code means one thing, and what we write is understood as it was meant or coarser."""

import pytest

from procurement.confirmations import glossary
from procurement.confirmations.glossary import HEADERS, LINES, READ, TAKEN_AS, UNCL1229, WRITTEN, X12_668, together


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_what_we_write_is_understood(name):
    for word, code in WRITTEN[name].items():
        again = READ[name][code]
        assert WRITTEN[name][again] == code, word


def test_x12_keeps_every_line_code_apart_that_it_has():
    kept = {word for word, code in WRITTEN[X12_668].items() if READ[X12_668][code] == word}

    assert {code.word for code in LINES} - kept == {"already_delivered", "added"}


def test_a_change_in_uncl1229_is_a_change_whatever_it_is():
    assert READ[UNCL1229]["3"] == glossary.CHANGED
    assert READ[UNCL1229]["6"] == glossary.CHANGED


def test_acknowledged_is_never_an_acceptance():
    assert TAKEN_AS[glossary.ACKNOWLEDGED] == TAKEN_AS[glossary.ON_HOLD] == glossary.ACKNOWLEDGED
    assert READ[glossary.X12_587]["AK"] == READ[glossary.UNCL4343]["AB"] == glossary.ACKNOWLEDGED
    assert set(TAKEN_AS) == {code.word for code in HEADERS}


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["accepted", "accepted"], "accepted"),
        (["accepted", "backordered"], "partly_backordered"),
        (["accepted", "rejected"], "quantity_changed"),
        (["substituted", "rejected"], "substituted"),
        (["price_changed", "date_changed"], "changed"),
    ],
)
def test_several_codes_of_one_line_are_one(parts, whole):
    assert together(parts) == whole
