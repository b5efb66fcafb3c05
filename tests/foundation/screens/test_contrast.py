"""Every pair of colors that stands together, by the formula of WCAG 2, in both themes and in high contrast."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[3] / "static" / "css" / "tokens.css").read_text()
TONES = ("neutral", "info", "wait", "ok", "warn", "bad", "hold")

TEXT = [("text", on) for on in ("bg", "surface", "surface-2", "selection")]
TEXT += [("text-2", on) for on in ("bg", "surface", "surface-2")]
TEXT += [("text-3", on) for on in ("bg", "surface", "surface-2", "selection")]
TEXT += [("accent", "surface"), ("accent", "bg"), ("accent", "selection"), ("on-accent", "accent")]
TEXT += [("accent-hover", "surface"), ("on-accent", "accent-hover"), ("bg", "text")]
CONTROLS = [("line-strong", "surface"), ("line-strong", "bg"), ("accent", "bg"), ("accent", "surface")]
CHIPS = [(tone, f"{tone}-bg") for tone in TONES]
ON_PAGE = [(tone, "surface") for tone in TONES]
SOLID = [("on-solid", f"solid-{tone}") for tone in TONES]
THEMES = [":root", '[data-theme="high"]']


def tokens(theme: str, dark: bool) -> dict[str, str]:
    """The colors of a theme; what high contrast leaves out, it takes from the usual one."""
    block = CSS[CSS.index("{", CSS.index(f"  {theme} {{")) :].split("\n  }", 1)[0]
    found = {} if theme == ":root" else tokens(":root", dark)
    for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", block):
        colors = re.findall(r"#[0-9A-Fa-f]{6}\b", value)
        if colors:
            found[name] = colors[-1 if dark else 0]
    return found


def luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def weak(pairs: list[tuple[str, str]], least: float, colors: dict[str, str]) -> list[str]:
    found = [(name, on, contrast(colors[name], colors[on])) for name, on in pairs]
    return [f"{name} on {on}: {ratio:.2f}" for name, on, ratio in found if ratio < least]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("theme", THEMES)
class TestEveryTheme:
    def test_text_is_readable(self, theme: str, dark: bool) -> None:
        assert weak(TEXT, 4.5, tokens(theme, dark)) == []

    def test_controls_are_visible(self, theme: str, dark: bool) -> None:
        assert weak(CONTROLS, 3.0, tokens(theme, dark)) == []

    def test_states_are_clear(self, theme: str, dark: bool) -> None:
        assert weak(CHIPS, 6.4, tokens(theme, dark)) == []
        assert weak(ON_PAGE, 4.5, tokens(theme, dark)) == []

    def test_solid_states_carry_white_text(self, theme: str, dark: bool) -> None:
        assert weak(SOLID, 4.5, tokens(theme, dark)) == []


def test_high_contrast_is_higher() -> None:
    for dark in (False, True):
        assert weak([("text-3", "surface"), ("text-3", "surface-2")], 7.0, tokens('[data-theme="high"]', dark)) == []


def test_a_weak_pair_would_be_found() -> None:
    assert weak([("line", "surface")], 3.0, tokens(":root", dark=False)) == ["line on surface: 1.38"]
