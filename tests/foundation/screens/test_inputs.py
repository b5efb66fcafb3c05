"""Plain inputs look as Django's own templates write them."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test import override_settings
from django.utils import translation
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from foundation.screens.inputs import PLAIN, Renderer

OURS, DJANGOS = Renderer(), DjangoTemplates()
KINDS = [forms.TextInput, forms.NumberInput, forms.DateInput, forms.EmailInput, forms.HiddenInput, forms.PasswordInput]
values = (
    st.none()
    | st.text(max_size=9)
    | st.integers()
    | st.booleans()
    | st.builds(mark_safe, st.sampled_from(["<b>", "&"]))
)
attributes = st.dictionaries(st.sampled_from(["id", "class", "required", "aria-label", "maxlength"]), values)


def test_all_of_them_are_plain() -> None:
    assert {kind.template_name for kind in KINDS} <= PLAIN


@given(st.sampled_from(KINDS), values, attributes)
def test_are_the_same_to_the_letter(kind: Any, value: Any, attrs: dict[str, Any]) -> None:
    said = {"name": 'a"<b', "value": value, "attrs": attrs}

    assert kind().render(**said, renderer=OURS) == kind().render(**said, renderer=DJANGOS)


choices = st.lists(
    st.tuples(st.text(max_size=3) | st.integers(), st.text(max_size=5))
    | st.tuples(st.text(max_size=3), st.lists(st.tuples(st.integers(), st.sampled_from(["<b>", "A & B"])), max_size=2)),
    max_size=4,
)


@given(choices, values, attributes)
def test_selects_are_the_same_to_the_letter(offered: Any, value: Any, attrs: dict[str, Any]) -> None:
    said = {"name": 'a"<b', "value": value, "attrs": attrs}

    assert forms.Select(choices=offered).render(**said, renderer=OURS) == forms.Select(choices=offered).render(
        **said, renderer=DJANGOS
    )


def test_numbers_are_written_as_their_reader_writes_them() -> None:
    with translation.override("de"), override_settings(USE_THOUSAND_SEPARATOR=True):
        assert "1.000</option>" in forms.Select(choices=[(1, 1000)]).render("n", 1, renderer=OURS)


def test_a_form_is_rendered_so() -> None:
    class Order(forms.Form):
        on = forms.DateField(initial=dt.date(2026, 3, 1))

    assert isinstance(Order().renderer, Renderer)
    assert str(Order()["on"]) == '<input type="text" name="on" value="2026-03-01" required id="id_on">'


@pytest.mark.parametrize("said", ["<script>", "'\"&"])
def test_nothing_typed_comes_back_as_markup(said: str) -> None:
    assert said not in forms.TextInput(attrs={"title": said}).render("x", said, renderer=OURS)
