import pickle
from decimal import Decimal

from foundation.values.reason import BadValue, because


class TestBecause:
    def test_writes_its_facts_into_the_sentence(self):
        reason = because("late", "{days} days after {on}.", days=Decimal("1200.0"), on="3 March")

        assert str(reason) == "1,200 days after 3 March."

    def test_keeps_template_and_facts_apart_for_translation(self):
        reason = because("late", "{days} days.", days=3)

        assert (reason.code, reason.template, dict(reason.facts)) == ("late", "{days} days.", {"days": 3})

    def test_leaves_braces_in_a_fact_alone(self):
        assert because("name", "Called {name}.", name="{x}").sentence == "Called {x}."


class TestReasoned:
    def test_is_a_value_error_that_reads_as_its_sentence(self):
        error = BadValue("odd", "This is {how}.", how="odd")

        assert isinstance(error, ValueError)
        assert str(error) == "This is odd."
        assert error.reason.code == "odd"

    def test_survives_the_way_to_another_process(self):
        error = pickle.loads(pickle.dumps(BadValue("odd", "This is {how}.", how="odd")))

        assert str(error) == "This is odd."
