"""Words planted in all documents of one entity and one supplier: nobody of another ever reads one of them.

Whoever is out of scope walks every page, list, export and search, and then every link found there.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from random import Random
from typing import Any
from urllib.parse import urljoin

import pytest

from foundation.scopes import querysets
from tests.gates.asking import Answer, Visitor, office_visitor, portal_visitor
from tests.gates.readings import Readings
from tests.gates.routes import Route
from tests.gates.world import World

LINKS = re.compile(r'(?:href|hx-get)="([^"#]+)')
MOST = 200
"""So many addresses are visited that only a page names, taken from all that are named by the same dice every time."""


def stays(route: Route) -> bool:
    return route.pattern not in ("sign-out/", "sign-in/", "api/v1/schema.json")


def of_many(route: Route) -> bool:
    """Lists of the back office: enough for a twin."""
    return "<" not in route.pattern and not route.pattern.startswith("api/") and stays(route)


def crawl(visitor: Visitor, beyond: int = MOST) -> Iterator[tuple[str, str]]:
    """Address and text of everything that can be read: from the routes, then from link to link."""
    found: list[str] = []
    seen: set[str] = set()
    for one in visitor.knock("get", only=stays):
        seen.add(one.address)
        yield one.address, one.text
        found += links(one.address, one)
        if one.status == 200 and "/export" not in one.address:
            found += [f"{one.address}?export=csv", f"{one.address}?q={visitor.side.mark}"]
    most, dice = len(seen) + beyond, Random(7)
    while found and len(seen) < most:
        here = found.pop(dice.randrange(len(found)))
        if here in seen:
            continue
        seen.add(here)
        one = visitor.ask(Route(here, (), ""), "get", here)
        yield here, one.text
        found += links(here, one)


def walk(visitor: Visitor, only: Callable[[Route], bool] = stays) -> Iterator[tuple[str, str]]:
    """The routes alone."""
    return ((one.address, one.text) for one in visitor.knock("get", only=only))


def links(here: str, answer: Answer) -> list[str]:
    if not answer.is_html:
        return []
    places = [urljoin(here, unescape(place)) for place in LINKS.findall(answer.body.decode())]
    return [place for place in places if place.startswith("/") and "/static/" not in place]


def asked_for(visitor: Visitor, side: Any) -> Iterator[tuple[str, str]]:
    """Searching for the very words."""
    for word in (side.mark, side.mark.lower()[:5], *side.numbers):
        for place in (f"/search/?q={word}", f"/orders/?q={word}&view=all", f"/requests/items/?q={word}"):
            one = visitor.ask(Route(place, (), ""), "get", place)
            yield place, one.text.replace(word, "")


def leaks(pages: Iterator[tuple[str, str]], side: Any) -> tuple[list[str], int]:
    found, count = [], 0
    for place, text in pages:
        count += 1
        if words := side.words_in(text):
            found.append(f"{place} says {', '.join(words)}")
    return found, count


class TestTheOffice:
    def test_nobody_reads_a_word_of_another_entity(self, office: World) -> None:
        visitor = office_visitor(office.away.insider, office.away)

        pages_read = ((place, text.replace(office.home.town, "")) for place, text in crawl(visitor))
        found, pages = leaks(pages_read, office.home)
        sought, _ = leaks(asked_for(visitor, office.home), office.home)

        assert found + sought == []
        assert pages > 400

    def test_whoever_belongs_there_reads_them(self, office: World, read_by: Readings) -> None:
        """Or the walk would prove nothing."""
        answers = [one for one in read_by("insider").answers if stays(one.route)]
        found, _ = leaks(((one.address, one.text) for one in answers), office.home)
        assert len(found) > 50

    def test_twin_without_scopes_they_are_everywhere(self, office: World, monkeypatch: pytest.MonkeyPatch) -> None:
        everywhere = lambda self, actor, verb=None: self.everywhere(because="the twin")  # noqa: E731
        monkeypatch.setattr(querysets.ScopedQuerySet, "visible_to", everywhere)
        visitor = office_visitor(office.away.insider, office.away)

        found, _ = leaks(walk(visitor, only=of_many), office.home)

        assert len(found) > 10


class TestThePortal:
    def test_nobody_reads_a_word_of_another_supplier(self, portal: World) -> None:
        """Each role and each stranger walks in test_portal_roles.py; here is what can be searched for and narrowed."""
        visitor = portal_visitor(portal.away.scene.supplier_person, portal.away)
        found, pages = leaks(crawl(visitor, beyond=60), portal.home)

        assert found == []
        assert pages > 25

    def test_whoever_belongs_there_reads_them(self, portal: World) -> None:
        found, _ = leaks(walk(portal_visitor(portal.home.scene.supplier_person, portal.home)), portal.home)
        assert len(found) > 5
