"""What every template may use."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from foundation.screens import areas, troubles
from foundation.screens.troubles import Trouble
from foundation.values.actor import Actor

THEMES = ("auto", "light", "dark", "high")
DENSITIES = ("compact", "normal", "roomy")


class Shell:
    """The frame around a page, for the person who looks at it. Costs no query but one, now and then, for troubles."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.person: Any = getattr(request, "user", None)

    @property
    def actor(self) -> Actor | None:
        return getattr(self.request, "actor", None)

    @property
    def is_signed_in(self) -> bool:
        return self.actor is not None

    @cached_property
    def areas(self) -> list[dict[str, Any]]:
        return areas.areas_for(self.actor, self.request.path)

    @property
    def phone_areas(self) -> list[dict[str, Any]]:
        return self.areas[: areas.PHONE]

    @property
    def more_areas(self) -> list[dict[str, Any]]:
        return self.areas[areas.PHONE :]

    @cached_property
    def troubles(self) -> list[Trouble]:
        """What does not work at the moment, as far as it concerns this person."""
        return troubles.troubles_of(self.actor)

    @property
    def theme(self) -> str:
        theme = getattr(self.person, "theme", "auto")
        return theme if theme in THEMES else "auto"

    @property
    def density(self) -> str:
        density = getattr(self.person, "density", "normal")
        return density if density in DENSITIES else "normal"

    @property
    def has_keys(self) -> bool:
        """Whether single letters act: a person can switch that off."""
        return getattr(self.person, "uses_keys", True)

    @property
    def unread(self) -> int:
        return getattr(self.person, "unread_count", 0) or 0

    @property
    def initials(self) -> str:
        words = str(self.person).split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"shell": Shell(request)}
