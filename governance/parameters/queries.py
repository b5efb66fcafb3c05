"""What can be asked about parameters and their values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from governance.parameters import reading, words
from governance.parameters.lifecycle import ValueState
from governance.parameters.models import ParameterValue
from governance.parameters.registry import PARAMETERS, Parameter
from governance.parameters.rules import Effective, Place, Said, effective
from organization.entities.models import LegalEntity
from organization.sites.models import Site


def values() -> QuerySet[ParameterValue]:
    return ParameterValue.objects.select_related("entity", "site", "proposer", "decider")


def same_place(row: ParameterValue) -> QuerySet[ParameterValue]:
    return ParameterValue.objects.filter(parameter=row.parameter, entity=row.entity_id, site=row.site_id)


def proposal(row: ParameterValue) -> ParameterValue | None:
    """What waits for a decision at the same place."""
    return same_place(row).filter(status=ValueState.PROPOSED).first()


def older(row: ParameterValue, *, at: datetime) -> QuerySet[ParameterValue]:
    """Values of the same place that are agreed and not over."""
    living = Q(ends_at=None) | Q(ends_at__gt=at)
    return same_place(row).filter(living, status=ValueState.IN_FORCE).exclude(pk=row.pk).order_by("pk")


def over() -> QuerySet[ParameterValue]:
    """Whose time is over by the database's clock, and of whom nobody has said so yet."""
    return ParameterValue.objects.filter(status__in=[ValueState.PROPOSED, ValueState.IN_FORCE], ends_at__lte=Now())


def overrides(rows: QuerySet[ParameterValue], at: datetime) -> QuerySet[ParameterValue]:
    """Values below the house that count at this instant or will."""
    living = Q(ends_at=None) | Q(ends_at__gt=at)
    return rows.filter(living, status=ValueState.IN_FORCE, entity__isnull=False)


@dataclass(frozen=True)
class Row:
    """A parameter at a place, ready to be written."""

    parameter: Parameter
    place: Place
    here: Effective
    tone: str
    standing: str
    overrides: int = 0

    @property
    def value(self) -> str:
        return words.amount(self.parameter, self.here.value)

    @property
    def query(self) -> str:
        """The place as an address says it."""
        place = self.place
        return f"?site={place.site}" if place.site else f"?entity={place.entity}" if place.entity else ""

    @property
    def range(self) -> str:
        return f"{words.amount(self.parameter, self.here.low)} – {words.amount(self.parameter, self.here.high)}"

    @property
    def may_differ(self) -> bool:
        return self.place.level <= self.parameter.standard.lowest and not self.here.locked_by


def rows_at(place: Place, *, at: datetime) -> list[Row]:
    """Every parameter as it stands at a place. One query."""
    said = reading.read()
    return [_row(one, place, said.get(one.name, []), at) for one in PARAMETERS.values()]


def _row(parameter: Parameter, place: Place, said: list[Said], at: datetime) -> Row:
    here = effective(parameter.standard, said, place, at)
    count = len({one.place for one in said if one.holds(at) and one.place.entity})
    return Row(parameter, place, here, *words.standing(here, place), overrides=count)


LINKED: list[tuple[Any, str]] = []
"""Tables of tolerances that are governed elsewhere, row by row: what they are called, the name of their address."""


def link(label: Any, url_name: str) -> None:
    """An upper floor has standards with local values in a table of its own: the screen leads there."""
    LINKED.append((label, url_name))


@dataclass(frozen=True)
class Branch:
    """The house, an entity or a site in the tree of one parameter."""

    name: str
    depth: int
    row: Row


def tree(parameter: Parameter, *, at: datetime) -> list[Branch]:
    """One parameter at every place it can be set for, from the house down. Three queries."""
    said = reading.read(parameter.name).get(parameter.name, [])
    places: list[tuple[str, Place]] = [("", Place())]
    sites: dict[int, list[Site]] = {}
    for site in Site.objects.order_by("code"):
        sites.setdefault(site.entity_id, []).append(site)
    for entity in LegalEntity.objects.order_by("code"):
        places.append((f"{entity.code} {entity.name}", Place(entity.pk)))
        places += [(str(site), Place(entity.pk, site.pk)) for site in sites.get(entity.pk, [])]
    reach = [(name, place) for name, place in places if place.level <= parameter.standard.lowest]
    return [Branch(name, int(place.level), _row(parameter, place, said, at)) for name, place in reach]
