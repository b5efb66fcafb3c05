import json
from decimal import Decimal

import pytest
from rest_framework.exceptions import ParseError

from foundation.rest import parsers
from foundation.rest.parsers import TooLarge, loads


class TestLoads:
    def test_keeps_decimals_exact(self) -> None:
        assert loads(b'{"quantity": 0.1, "lines": [1, -2.50]}') == {
            "quantity": Decimal("0.1"),
            "lines": [1, Decimal("-2.50")],
        }

    @pytest.mark.parametrize("depth", [1, 32])
    def test_takes_a_depth_that_people_need(self, depth: int) -> None:
        loads(b"[" * depth + b"]" * depth)

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            (b'{"lines": [{"a": 1, "a": 2}]}', r"\$\.lines\[0\]: the key “a” stands twice"),
            (b"[NaN]", "NaN"),
            (b"[-Infinity]", "-Infinity"),
            (b"[1e9999]", "1e9999"),
            (b"[1.5E2]", "1.5E2"),
            (b"[" + b"9" * 31 + b"]", "at most 30 digits"),
            (b"[0." + b"9" * 40 + b"]", "use digits like 12.5"),
            (b'{"note": "a\\u0000b"}', r"\$\.note"),
            (b'{"lines": [{"note": "\\ud800"}]}', r"\$\.lines\[0\]\.note"),
            (b'{"a\\u0000": 1}', "cannot be stored"),
            (b"\xff\xfe", "UTF-8"),
            (b'{"a": ', "line 1, column 7"),
            (b"", "line 1"),
            (b"[" * 50_000, "32 levels"),
            (b"[" * 33 + b"]" * 33, "32 levels"),
            (b'{"a":' * 50_000, "32 levels"),
            (json.dumps(["x" * (64 * 1024 + 1)]).encode(), r"\$\[0\]"),
        ],
        ids=lambda value: str(value)[:24],
    )
    def test_says_where_and_why_not(self, body: bytes, said: str) -> None:
        with pytest.raises(ParseError, match=said):
            loads(body)

    def test_brackets_in_text_are_no_depth(self) -> None:
        assert loads(json.dumps(["[" * 100 + '"{']).encode()) == ["[" * 100 + '"{']

    def test_counts_values(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parsers, "MOST_NODES", 10)

        with pytest.raises(TooLarge):
            loads(b"[1,2,3,4,5,6,7,8,9,10]")

    def test_a_lenient_parser_would_have_taken_it(self) -> None:
        """The twin: what this is for."""
        assert json.loads('{"a": 1, "a": 2, "b": NaN}')["a"] == 2
