"""Which column of the file is which of ours: what was said last time, else what the headings say."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from integration.imports.columns import Column
from integration.imports.kinds import Kind
from integration.imports.models import Import, ImportState

Mapping_ = dict[str, str]
USED = (ImportState.RUNNING, ImportState.APPLIED, ImportState.UNDONE)


def suggested(kind: Kind, header: Iterable[str]) -> Mapping_:
    """Our column -> the file's, by name, by label, then by other words for it; each heading is given away once."""
    free = {_plain(name): name for name in header}
    found: Mapping_ = {}
    for words in (_own_words, _other_words):
        for column in kind.columns:
            if column.name in found:
                continue
            for word in words(column):
                if name := free.pop(_plain(word), None):
                    found[column.name] = name
                    break
    return {column.name: found[column.name] for column in kind.columns if column.name in found}


def _own_words(column: Column) -> list[str]:
    return [column.name, str(column.label)]


def _other_words(column: Column) -> list[str]:
    return list(column.also)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def remembered(kind: Kind, header: list[str]) -> Import | None:
    """The last import of this kind from a file with just these columns."""
    return Import.objects.filter(kind=kind.name, header=header, status__in=USED).order_by("-pk").first()


def checked(kind: Kind, header: Iterable[str], mapping: Mapping[str, str]) -> Mapping_:
    """The mapping, if it speaks of our columns and of the file's; each of the file's means one thing."""
    known = {column.name for column in kind.columns}
    by_plain = {name.casefold(): name for name in header}
    found: Mapping_ = {}
    for ours, theirs in mapping.items():
        if ours not in known:
            raise Refused(_("There is no column “%(name)s” in this kind of import.") % {"name": ours})
        if not theirs:
            continue
        if theirs.casefold() not in by_plain:
            raise Refused(_("The file has no column “%(name)s”.") % {"name": theirs})
        found[ours] = by_plain[theirs.casefold()]
    twice = {name for name in found.values() if list(found.values()).count(name) > 1}
    if twice:
        raise Refused(_("The column “%(name)s” can mean one thing only.") % {"name": sorted(twice)[0]})
    return found


def missing(kind: Kind, mapping: Mapping[str, str]) -> list[Column]:
    return [column for column in kind.columns if column.needed and column.name not in mapping]
