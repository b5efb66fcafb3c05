"""The figures of a replay, ready to be written on its page and on that of publishing."""

from typing import Any

from django.utils.translation import gettext_lazy

from governance.authority.models import MatrixReplay
from governance.authority.replaying import Fate
from organization.entities.models import LegalEntity

LABELS = {
    Fate.SAME: gettext_lazy("Same route"),
    Fate.DIFFERENT: gettext_lazy("Other route"),
    Fate.NOW_AUTOMATIC: gettext_lazy("Now passes by itself"),
    Fate.NOW_ASKED: gettext_lazy("Now asked"),
    Fate.NOW_BLOCKED: gettext_lazy("Now blocked"),
}
TONES = {Fate.NOW_BLOCKED: "bad", Fate.NOW_AUTOMATIC: "warn", Fate.NOW_ASKED: "info"}


def told(last: MatrixReplay) -> dict[str, Any]:
    """The figures of a finished replay, ready to be written."""
    figures, most = last.figures, max((max(one["before"], one["after"]) for one in last.figures["roles"]), default=1)
    entities = LegalEntity.objects.in_bulk([int(pk) for pk in figures["entities"]])
    return {
        "figures": figures,
        "hours": abs(figures["hours"]),
        "fates": [(str(fate), label, figures["fates"][fate]) for fate, label in LABELS.items()],
        "roles": figures["roles"],
        "most": max(most, 1),
        "entities": [
            {"name": entities[int(pk)].name, "fates": [one["fates"][fate] for fate in LABELS], **one}
            for pk, one in sorted(figures["entities"].items(), key=lambda item: entities[int(item[0])].name)
        ],
        "labels": list(LABELS.values()),
    }
