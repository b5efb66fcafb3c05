"""What every template keeps to: text can be translated, nothing runs or looks by itself, no verb is called."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
BLOCKS = re.compile(
    r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}|\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}"
    r"|\{%\s*block body_class.*?endblock\s*%\}"
    r"|<(script|style|code|kbd)\b.*?</\1>|<svg\b.*?</svg>|<!--.*?-->",
    re.DOTALL,
)
NAMES = {"Countersign", "Excel (XLSX)", "OpenAPI"}


def bare_text(source: str) -> list[str]:
    """Words of a template that no translation reaches."""
    rest = BLOCKS.sub(" ", source)
    rest = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", rest, flags=re.DOTALL)
    rest = re.sub(r"<[^>]*>", "\n", rest, flags=re.DOTALL)
    words = (line.strip() for line in rest.splitlines())
    return [line for line in words if re.search(r"[A-Za-z][a-z]", line) and line.strip("· ") not in NAMES]


def of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=of)
class TestEveryTemplate:
    def test_leaves_no_text_untranslated(self, path: Path) -> None:
        assert bare_text(path.read_text()) == []

    def test_says_no_percent_in_an_argument(self, path: Path) -> None:
        """Django doubles the sign in ``_("5 %")`` as if it were filled in later, and shows both: use blocktranslate."""
        assert re.findall(r"""_\((["'])[^"']*%[^"']*\1\)""", path.read_text()) == []

    def test_has_no_inline_style_or_script(self, path: Path) -> None:
        source = path.read_text()

        assert re.findall(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)|javascript:", source) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=of)
def test_every_script_is_small(path: Path) -> None:
    assert len(gzip.compress(path.read_bytes())) <= 3 * 1024


class TestBareText:
    @pytest.mark.parametrize("source", ["<p>Hello there</p>", "<b>{{ name }} orders</b>", "{% if x %}Late{% endif %}"])
    def test_is_found(self, source: str) -> None:
        assert bare_text(source)

    @pytest.mark.parametrize("source", ['<p class="late">{% translate "Hello" %}</p>', "<p>{{ a }} · {{ b }}</p>"])
    def test_is_not_seen_where_none_is(self, source: str) -> None:
        assert bare_text(source) == []
