"""Moves that explain themselves, tried on rows that were never saved."""

import pytest
from django.template import Context, Template
from django_fsm import TransitionNotAllowed

from foundation.lifecycles import Refused, move, reasons, unless, why_not
from procurement.requisitions.models import Requisition


class TestWhyNot:
    def test_gives_every_objection_at_once(self):
        assert why_not(Requisition().submit) == [
            "The request has no lines.",
            "Say in a few words what the request is for.",
        ]

    def test_is_empty_when_the_move_is_possible(self):
        assert why_not(Requisition(line_count=1, title="Bolts").submit) == []

    def test_names_the_state_in_which_it_is_not_possible(self):
        assert why_not(Requisition(line_count=1).approve) == ["Not possible while draft."]

    def test_reads_as_one_hint(self):
        assert reasons(Requisition(line_count=1).submit) == "Say in a few words what the request is for."


class TestMove:
    def test_moves(self):
        requisition = Requisition(line_count=1, title="Bolts")

        move(requisition.submit, at=None)

        assert requisition.status == "in_approval"

    def test_refuses_with_the_same_sentences(self):
        with pytest.raises(Refused) as refused:
            move(Requisition(title="Bolts").submit, at=None)

        assert refused.value.reasons == ["The request has no lines."]

    def test_leaves_the_state_alone_when_it_refuses(self):
        requisition = Requisition()
        with pytest.raises(Refused):
            move(requisition.submit, at=None)

        assert (requisition.status, requisition.submitted_at) == ("draft", None)


class TestAState:
    def test_cannot_be_set_by_hand(self):
        with pytest.raises(AttributeError):
            Requisition().status = "approved"

    def test_is_guarded_also_without_move(self):
        with pytest.raises(TransitionNotAllowed):
            Requisition().submit(at=None)


def test_a_check_without_objection_is_a_condition_that_holds():
    assert unless(lambda document: None)(object())
    assert not unless(lambda document: "no")(object())


class TestInATemplate:
    def test_a_verb_is_not_called(self):
        requisition = Requisition(line_count=1, title="Bolts")

        shown = Template("{{ requisition.cancel }}{{ requisition.approve_at_once }}").render(
            Context({"requisition": requisition})
        )

        assert (shown, requisition.status) == ("", "draft")
