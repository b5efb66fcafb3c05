"""What can be asked about imports."""

from django.db.models import Count, F, QuerySet

from foundation.scopes.reach import reach
from foundation.values.actor import Actor
from integration.imports.columns import CHANGED, ERROR, NEW, UNCHANGED
from integration.imports.models import Fate, Import, ImportRow

EFFECTS = (NEW, CHANGED, UNCHANGED, ERROR)


def import_rows(actor: Actor) -> QuerySet[Import]:
    """One's own; whoever may import everywhere sees everybody's. A file may speak of what its reader may not see."""
    rows = Import.objects.select_related("file", "job")
    return rows if reach(actor, "import_data").is_everything else rows.filter(by=str(actor))


def records(batch: Import) -> QuerySet[ImportRow]:
    """The first row of each record."""
    return ImportRow.objects.filter(batch=batch, record=F("number"))


def effects(batch: Import) -> dict[str, int]:
    """Records by what becomes, or became, of them."""
    counted = records(batch).values_list("effect").annotate(n=Count("pk")).order_by()
    return dict.fromkeys(EFFECTS, 0) | dict(counted)


def rows_in_error(batch: Import) -> int:
    return ImportRow.objects.filter(batch=batch, effect=ERROR).count()


def standing(batch: Import) -> QuerySet[ImportRow]:
    """Records that were written and not undone."""
    return records(batch).filter(fate=Fate.DONE, effect__in=(NEW, CHANGED))
