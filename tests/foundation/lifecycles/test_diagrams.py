"""Diagrams are drawn from the machines and kept in docs/lifecycles."""

from django.core.management import CommandError, call_command
from pytest import mark, raises

from foundation.lifecycles.diagrams import living, mermaid
from foundation.management.commands.lifecycles import pages


def test_every_state_and_every_move_is_drawn():
    for model, field in living():
        drawn = mermaid(model, field)
        assert all(f"    {state}: {label}" in drawn for state, label in field.choices)
        assert all(f": {move.name}" in drawn for move in field.get_all_transitions(model))


def test_every_state_can_be_reached():
    for model, field in living():
        reached = set(getattr(model, "born_as", (str(field.default),)))
        moves = [(move.source, str(move.target)) for move in field.get_all_transitions(model)]
        for _ in field.choices:
            reached |= {target for source, target in moves if source in reached or source in ("*", "+")}
        assert reached >= {str(state) for state, _label in field.choices}, model


@mark.django_db
class TestTheCommand:
    def test_writes_a_page_for_each(self, tmp_path):
        call_command("lifecycles", folder=tmp_path, verbosity=0)

        assert {path.name for path in tmp_path.iterdir()} == set(pages())

    def test_says_which_pages_are_out_of_date(self, tmp_path):
        call_command("lifecycles", folder=tmp_path)
        (tmp_path / "case.md").write_text("an old drawing")

        with raises(CommandError, match=r"case\.md"):
            call_command("lifecycles", "--check", folder=tmp_path)

    def test_finds_the_documentation_up_to_date(self):
        call_command("lifecycles", "--check")
