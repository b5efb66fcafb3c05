import pytest
from django.db import models

from foundation.screens import shown, tones
from governance.cases.lifecycle import CaseState
from governance.cases.models import Case


class Weather(models.TextChoices):
    FAIR = "fair", "Fair"
    FOUL = "foul", "Foul"


@pytest.fixture(autouse=True)
def _leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tones, "TONES", dict(tones.TONES))
    monkeypatch.setattr(tones, "_by_values", dict(tones._by_values))


def test_every_state_of_every_lifecycle_has_exactly_one_tone() -> None:
    assert tones.missing() == [], "Say their tones in the package's tones.py"


def test_a_state_without_a_tone_would_be_found() -> None:
    tones._by_values.pop(tuple(CaseState.values))

    assert f"governance.Case.status: {', '.join(CaseState.values)}" in tones.missing()


def test_every_tone_has_a_shape_of_its_own() -> None:
    assert len(set(tones.SHAPES.values())) == len(tones.SHAPES) == 7


def test_every_shape_is_drawn() -> None:
    assert all("<path" in shown.shape(name) or "<circle" in shown.shape(name) for name in tones.SHAPES.values())


class TestRegister:
    def test_refuses_what_is_no_tone(self) -> None:
        with pytest.raises(ValueError, match="no tones"):
            tones.register(Weather, {Weather.FAIR: "pretty"})

    def test_refuses_a_second_opinion_about_the_same_values(self) -> None:
        twin = models.TextChoices("Twin", {"FAIR": ("fair", "Fine"), "FOUL": ("foul", "Bad")})
        tones.register(Weather, {Weather.FAIR: tones.OK, Weather.FOUL: tones.BAD})

        with pytest.raises(ValueError, match="other tones"):
            tones.register(twin, {twin.FAIR: tones.WARN, twin.FOUL: tones.BAD})


class TestOf:
    def test_reads_the_field_of_a_row_that_only_has_the_value(self) -> None:
        case = Case(status="waiting_supplier")

        assert tones.of(case) == tones.Shown(tones.WAIT, "Waiting for the supplier")

    def test_a_badge_has_shape_word_and_color(self) -> None:
        badge = shown.state(tones.of(Case(status="open")))

        assert all(part in badge for part in ('class="badge warn"', "<svg", "Open"))
