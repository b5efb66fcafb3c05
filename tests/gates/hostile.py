"""Input that nobody should send, made for every field of every form and of every call of the API. Same seed, same list."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import urljoin

from foundation.rest.views import schema
from tests.gates.asking import Answer

SCRIPT = "<script>alert('gate')</script>"
WORDS = [
    "x" * 5_000,
    "x" * 70_000,
    "tab\there\rand\nline\x0bfeed",
    "nul\x00here",
    "bidi \u202eoverride\u202c",
    "zero\u200bwidth",
    "half \ud800 character",
    SCRIPT,
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% debug %}",
    "'; DROP TABLE organization_person; --",
    "1' OR '1'='1",
    '=HYPERLINK("http://x")',
    "../../../etc/passwd",
    "%s%n%x%(name)s",
    "🧨" * 300,
    "",
    " ",
]
NUMBERS = [
    *("-1", "0", "-0", "NaN", "Infinity", "-Infinity", "1e400", "1e-400", "1_0", "٣", "0x10", "1,234,567.5", "1.234,5"),
    *("9" * 40, "9" * 5_000, "0." + "1" * 40, "1e1000000", "2147483648", "9223372036854775808", "12.5.5", "+-3", "∞"),
]
DATES = [
    *("0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-45", "-2026-01-01", "tomorrow"),
    *("01/02/2026", "2026-W10-1", "2026-02-28T25:61:00Z", "２０２６-01-01"),
]
VALUES = [*WORDS, *NUMBERS, *DATES]
THINGS: list[Any] = [None, True, [], {}, [[]], {"a": {"b": 1}}, ["x", "x"], -1, 0, 10**25, 2**63, 1.5, [None], "x"]
"""What JSON can hold besides texts: for the wrong type in the wrong place."""


@dataclass
class Form:
    """A form as a browser has it: where it goes and what it would send."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    @property
    def signature(self) -> tuple[str, str, tuple[str, ...]]:
        return self.action, self.method, tuple(sorted({name for name, _value in self.fields}))


class Forms(HTMLParser):
    """All forms of a page. Fields that stand outside and name their form are taken in too."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address, self.found, self.open, self.named = address, [], None, {}
        self.loose: list[tuple[str, str, str]] = []
        self.elsewhere: dict[int, list[str]] = {}
        """Where the buttons of a form send it that know a place of their own."""
        self.feed(page)
        for form, name, value in self.loose:
            if form in self.named:
                self.named[form].fields.append((name, value))
        self.found = [sent for form in self.found for sent in self.as_sent(form)]

    def as_sent(self, form: Form) -> list[Form]:
        places = self.elsewhere.get(id(form), [])
        return [replace(form, action=place) for place in dict.fromkeys(places)] or [form]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            place = urljoin(self.address, has.get("action") or has.get("hx-post") or "")
            self.open = Form(place.partition("?")[0], has.get("method", "get").lower())
            self.found.append(self.open)
            if "id" in has:
                self.named[has["id"]] = self.open
        if tag == "button" and self.open is not None and (place := has.get("formaction") or has.get("hx-post")):
            self.elsewhere.setdefault(id(self.open), []).append(urljoin(self.address, place).partition("?")[0])
        if tag in ("input", "select", "textarea", "button") and (name := has.get("name")):
            if has.get("form"):
                self.loose.append((has["form"], name, has.get("value", "")))
            elif self.open is not None:
                self.open.fields.append((name, has.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


def forms_of(answers: list[Answer]) -> list[Form]:
    """Each form of the site once."""
    found: dict[Any, Form] = {}
    for one in answers:
        if one.is_html:
            for form in Forms(one.body.decode(), one.address).found:
                found.setdefault(form.signature, form)
    return list(found.values())


@dataclass(frozen=True)
class Case:
    """One thing to send; ``why`` says what is wrong with it."""

    method: str
    address: str
    why: str
    data: Any = None
    content_type: str = ""

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.address} with {self.why}"


def typed(forms: list[Form], each: int, seed: int = 7) -> Iterator[Case]:
    """For every field of every form some of the values, in turn, so that every value comes up everywhere."""
    values = list(VALUES)
    Random(seed).shuffle(values)
    turn = 0
    for form in forms:
        sane = {name: value for name, value in form.fields if name != "csrfmiddlewaretoken"}
        for name in sane:
            for _ in range(each):
                value = values[turn % len(values)]
                turn += 1
                yield Case(form.method, form.action, f"{name} = {value[:30]!r}", {**sane, name: value})
        if form.method == "post":
            doubled = {name: [value, SCRIPT] for name, value in sane.items()}
            yield Case("post", form.action, "every field twice", doubled)
            yield Case("post", form.action, "no field at all", {})
            yield Case("post", form.action, "JSON where a form is", "{}", "application/json")


def called(seed: int = 11) -> Iterator[Case]:
    """For every call of the API: every field with wrong values and types, then bodies that are no body."""
    described = schema(None)  # type: ignore[arg-type]
    known, dice = described["components"]["schemas"], Random(seed)
    for address, methods in described["paths"].items():
        if "post" not in methods:
            continue
        body = (
            (methods["post"].get("requestBody") or {}).get("content", {}).get("application/json", {}).get("schema", {})
        )
        shape = known.get(body.get("$ref", "").rpartition("/")[2], {})
        sane = {name: sample(one, known) for name, one in shape.get("properties", {}).items()}
        for name in sane:
            for value in dice.sample([*THINGS, *VALUES], 4):
                yield sent(address, f"{name} = {str(value)[:30]!r}", {**sane, name: value})
        yield from bodies(address, sane)


def sample(one: dict[str, Any], known: dict[str, Any]) -> Any:
    """A value of the kind that the description asks for."""
    if "$ref" in one:
        one = known[one["$ref"].rpartition("/")[2]]
    if one.get("type") == "array":
        return [sample(one.get("items", {}), known)]
    if one.get("type") == "object" or "properties" in one:
        return {name: sample(inner, known) for name, inner in one.get("properties", {}).items()}
    if "enum" in one:
        return one["enum"][0]
    if one.get("format") == "date":
        return dt.date(2026, 3, 2).isoformat()
    return {"integer": 1, "number": 1, "boolean": True}.get(one.get("type", ""), "1")


def sent(address: str, why: str, body: Any) -> Case:
    return Case("post", address, why, json.dumps(body), "application/json")


def bodies(address: str, sane: dict[str, Any]) -> Iterator[Case]:
    text = json.dumps(sane)
    yield sent(address, "a list instead of an object", [sane])
    yield sent(address, "fields that are nobody's to set", {**sane, "supplier": "S-DE", "state": "paid", "version ": 1})
    for why, body in {
        "half a body": text[: len(text) // 2] + "{",
        "5,000 levels": "[" * 5_000,
        "one key twice": '{"version": 1, "version": 2}',
        "a number beyond all": '{"version": 1e400}',
        "no number": '{"version": NaN}',
        "a NUL": '{"version": "\\u0000"}',
        "nothing": "",
    }.items():
        yield Case("post", address, why, body, "application/json")
    yield Case("post", address, "a form where JSON is", "version=1", "application/x-www-form-urlencoded")
    yield Case("post", address, "what is no UTF-8", b'{"reason": "\xff\xfe"}', "application/json")


def addressed(places: list[tuple[str, str]]) -> Iterator[Case]:
    """Addresses whose last word is no word of ours."""
    odd = ["9" * 400, "-1", "%00", "%F0%9F%A7%A8", "..%2F..%2Fetc", "%22%3E%3Cscript%3Ealert('gate')%3C", "x" * 3_000]
    for number, (address, word) in enumerate(places):
        value = odd[number % len(odd)]
        yield Case("get", address.replace(word, value), f"{value[:20]} in its address")
