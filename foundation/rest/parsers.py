"""JSON that means one thing only."""

import json
import re
from decimal import Decimal
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

DEEPEST = 32
MOST_NODES = 400_000
LONGEST_TEXT = 64 * 1024
LONGEST_NUMBER = 30
STEPS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]')
FORBIDDEN = re.compile("[\x00\ud800-\udfff]")


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "Too large."


class Doubled(dict):
    """An object in which a key stood twice."""

    key: str = ""


class StrictJSONParser(BaseParser):
    """Refuses, with the place: keys that stand twice, NaN, exponents, NUL, half characters, depth, and sheer size.

    What a lenient parser would do instead is to pick one meaning and let the other go.
    """

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        raw = stream.read(settings.LIMIT_BODY_BYTES + 1)
        if len(raw) > settings.LIMIT_BODY_BYTES:
            raise TooLarge(_("A request may have at most %(n)s MB.") % {"n": settings.LIMIT_BODY_BYTES // 2**20})
        return loads(raw)


def loads(raw: bytes) -> Any:
    """Read JSON strictly; ParseError says what is wrong and where."""
    if depth_of(raw) > DEEPEST:
        raise ParseError(_("JSON may be at most %(n)s levels deep.") % {"n": DEEPEST})
    try:
        text = raw.decode("utf-8")
        found = json.loads(text, object_pairs_hook=once, parse_constant=no_constant, parse_int=whole, parse_float=exact)
    except UnicodeDecodeError:
        raise ParseError(_("JSON is written in UTF-8.")) from None
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise ParseError(_("This is not JSON: see line %(line)s, column %(column)s.") % place) from None
    inspect(found)
    return found


def depth_of(raw: bytes) -> int:
    """How deep it nests, found without recursion."""
    depth = deepest = 0
    for step in STEPS.finditer(raw):
        sign = step[0]
        if sign in (b"[", b"{"):
            depth += 1
            deepest = max(deepest, depth)
        elif sign in (b"]", b"}"):
            depth -= 1
    return deepest


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled, seen = Doubled(found), set()
    for key, _value in pairs:
        if key in seen:
            doubled.key = key
        seen.add(key)
    return doubled


def no_constant(name: str) -> None:
    raise ParseError(_("“%(name)s” is no number; use digits like 12.5.") % {"name": name})


def whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ParseError(_("A number may have at most %(n)s digits.") % {"n": LONGEST_NUMBER})
    return int(text)


def exact(text: str) -> Decimal:
    if len(text) > LONGEST_NUMBER or not text.replace(".", "").replace("-", "").isdigit():
        raise ParseError(_("“%(number)s” is no number of ours; use digits like 12.5.") % {"number": text[:20]})
    return Decimal(text)


def inspect(found: Any) -> None:
    """Walk through everything once, without recursion, and say the path of what cannot stay."""
    left: list[tuple[str, Any]] = [("$", found)]
    nodes = 0
    while left:
        path, value = left.pop()
        nodes += 1
        if nodes > MOST_NODES:
            raise TooLarge(_("JSON may have at most %(n)s values.") % {"n": MOST_NODES})
        if isinstance(value, dict):
            if isinstance(value, Doubled):
                raise ParseError(_("%(path)s: the key “%(key)s” stands twice.") % {"path": path, "key": value.key[:60]})
            for key, inner in value.items():
                check_text(f"{path}.{key[:60]}", key)
                left.append((f"{path}.{key[:60]}", inner))
        elif isinstance(value, list):
            left += [(f"{path}[{number}]", inner) for number, inner in enumerate(value)]
        elif isinstance(value, str):
            check_text(path, value)


def check_text(path: str, text: str) -> None:
    if FORBIDDEN.search(text):
        shown = FORBIDDEN.sub("�", path)
        raise ParseError(_("%(path)s: has a character that cannot be stored.") % {"path": shown})
    if len(text) > LONGEST_TEXT:
        raise ParseError(_("%(path)s: may have at most %(n)s characters.") % {"path": path, "n": LONGEST_TEXT})
