"""One text for each measure, wherever it is read."""

from pathlib import Path

import pytest

from suppliers.scorecards.glossary import DEFINITIONS, SCORED, SENTENCES
from suppliers.scorecards.parameters import TARGETS

DOCS = (Path(__file__).parents[3] / "docs" / "scorecards.md").read_text()


@pytest.mark.parametrize("one", DEFINITIONS.values(), ids=str)
def test_the_docs_say_what_the_page_says(one):
    assert f"| {one.label} | {one.case} | {one.definition} | {one.month} |" in DOCS


def test_each_share_has_a_target_and_the_words_of_its_definition():
    assert {one.key.value for one in SCORED} == set(TARGETS)
    assert all(str(TARGETS[one.key.value].help) == str(one.definition) for one in SCORED)


def test_every_sentence_is_said_by_some_rule():
    rules = (Path(__file__).parents[3] / "intelligence" / "performance" / "rules.py").read_text()
    assert [code for code in SENTENCES if f'"{code}"' not in rules] == []
