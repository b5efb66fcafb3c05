"""What a person sets for himself."""

from foundation.screens.context import DENSITIES, THEMES
from organization.people.models import Person


def prefer(*, person: Person, theme: str, density: str, language: str, timezone: str, uses_keys: bool) -> None:
    """Keep how a person wants to see the product. Taste is no record: nothing is written to the journal."""
    if theme not in THEMES or density not in DENSITIES:
        raise ValueError(f"There is no theme {theme} or no density {density}.")
    wanted = {"theme": theme, "density": density, "language": language, "timezone": timezone, "uses_keys": uses_keys}
    Person.objects.filter(pk=person.pk).update(**wanted)
