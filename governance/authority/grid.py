"""Rules as a table of texts: what the grid shows, and what is typed or pasted into it, read back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.values.exact import typed
from governance.authority.facts import WORDS, Level
from governance.authority.kinds import KINDS
from governance.authority.matrices import DAYS
from governance.authority.models import MatrixRule
from governance.authority.words import COLUMNS, Names
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category
from organization.sites.models import Site

TEXTS = [name for name in COLUMNS if name != "is_on"]
AMOUNTS = ("amount_from", "amount_to", "auto_approve_cap")
WIDTHS = {
    "number": "w-no",
    "document_kind": "w-kind",
    "entity_id": "w-short",
    "site_id": "w-short",
    "category_id": "w-code",
    "cost_center_id": "w-code",
    "steps": "w-steps",
    "owner": "w-words",
    "starts_on": "w-kind",
    "ends_on": "w-kind",
    "forbid": "w-note",
    "note": "w-note",
    **dict.fromkeys(AMOUNTS, "w-sum"),
    **dict.fromkeys(WORDS, "w-words"),
}
STEP = re.compile(r"^(?:(?P<sequence>\d{1,2})\s+)?(?P<role>[^()]+?)\s*\((?P<rest>[^()]*)\)$")
THEN = re.compile(rf"then\s+(?P<role>.+)\s+at\s+(?P<at>{'|'.join(set(Level) - {Level.LINES})})", re.IGNORECASE)
HOW = gettext_lazy(
    "write it as 1 Branch manager (site, 8 h); 2 Controller (entity, all, 16 h, then CFO at global, back after 24 h)"
)


def cell(row: MatrixRule, name: str, names: Names) -> str:
    """One cell of a rule as somebody would type it."""
    value = getattr(row, name)
    if value is None or value == "" or value == []:
        return ""
    if name in AMOUNTS:
        return "" if name == "amount_from" and not value else typed(Decimal(value))
    if name == "steps":
        return "; ".join(_step_text(step) for step in value)
    if name in WORDS:
        return ", ".join(value)
    if name == "is_on":
        return _("yes") if value else _("no")
    if name in KEYS:
        return _code(names, name, value)
    return str(value)


def _step_text(step: dict[str, Any]) -> str:
    mode, hours = str(step.get("mode", "any")), step.get("sla_hours")
    then, back = step.get("escalates_to"), step.get("returns_after")
    said = [str(step.get("at", "site")), *([mode] if mode != "any" else []), *([f"{hours} h"] if hours else [])]
    said += [f"then {then['role']} at {then.get('at', 'entity')}"] if then else []
    said += [f"back after {back} h"] if back else []
    return f"{step.get('sequence', 1)} {step['role']} ({', '.join(said)})"


def read_steps(text: str) -> list[dict[str, Any]]:
    """The inverse: raises ValueError with a sentence that says how it is written."""
    return [_read_step(part.strip()) for part in text.split(";") if part.strip()]


def _read_step(text: str) -> dict[str, Any]:
    found = STEP.match(text)
    if found is None:
        raise ValueError(_("“%(text)s” cannot be read: %(how)s.") % {"text": text[:60], "how": HOW})
    step: dict[str, Any] = {"sequence": int(found["sequence"] or 1), "role": found["role"].strip(), "mode": "any"}
    for word in (word.strip() for word in found["rest"].split(",")):
        if word.lower() in set(Level):
            step["at"] = word.lower()
        elif word.lower() in ("all", "any") or (word.isascii() and word.isdigit()):
            step["mode"] = word.lower()
        elif hours := re.fullmatch(r"(\d{1,4}) ?h", word, re.ASCII | re.IGNORECASE):
            step["sla_hours"] = int(hours[1])
        elif then := THEN.fullmatch(word):
            step["escalates_to"] = {"role": then["role"].strip(), "at": then["at"].lower()}
        elif back := re.fullmatch(r"back after (\d{1,4}) ?h", word, re.ASCII | re.IGNORECASE):
            step["returns_after"] = int(back[1])
        else:
            said = {"word": word[:40], "levels": ", ".join(Level)}
            raise ValueError(_("“%(word)s” is no place, number or hours. Places are: %(levels)s.") % said)
    if "at" not in step:
        raise ValueError(_("“%(text)s” does not say where: %(how)s.") % {"text": text[:60], "how": HOW})
    return step


def _code(names: Names, name: str, key: int) -> str:
    row: Any = getattr(names, KEYS[name])[key]
    return f"{names.say('entity', row.entity_id)}/{row.code}" if name == "cost_center_id" else row.code


KEYS = {"entity_id": "entities", "site_id": "sites", "category_id": "categories", "cost_center_id": "cost_centers"}


@dataclass
class Codes:
    """Every code that may be typed: code in capitals -> key."""

    entity_id: dict[str, int]
    site_id: dict[str, int]
    category_id: dict[str, int]
    cost_center_id: dict[str, int]

    @classmethod
    def all(cls) -> "Codes":
        centers = CostCenter.objects.values_list("entity__code", "code", "pk")
        return cls(
            entity_id={code.upper(): pk for code, pk in LegalEntity.objects.values_list("code", "pk")},
            site_id={code.upper(): pk for code, pk in Site.objects.values_list("code", "pk")},
            category_id={code.upper(): pk for code, pk in Category.objects.values_list("code", "pk")},
            cost_center_id={f"{entity}/{code}".upper(): pk for entity, code, pk in centers},
        )


@dataclass
class Typed:
    """One row of the grid as it was typed, and what cannot be read in it."""

    texts: dict[str, str]
    is_on: bool = True
    was: str = ""
    """The number of the rule that it replaces; empty for a new one."""
    is_removed: bool = False
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(self.texts.values())

    @property
    def wrong(self) -> set[str]:
        return {name for name, _sentence in self.problems}

    def rule(self, codes: Codes) -> dict[str, Any]:
        """The rule as ``set_rules`` takes it; what cannot be read is noted in ``problems``."""
        rule: dict[str, Any] = {"is_on": self.is_on}
        self.problems = []
        for name, text in self.texts.items():
            try:
                rule[name] = _read(name, text, codes)
            except ValueError as bad:
                self.problems.append((name, str(bad)))
        if not rule.get("number"):
            rule.pop("number", None)
        return rule


def shown(rows: Iterable[MatrixRule], names: Names) -> list[Typed]:
    return [
        Typed({name: cell(row, name, names) for name in TEXTS}, is_on=row.is_on, was=str(row.number)) for row in rows
    ]


def heads() -> list[dict[str, Any]]:
    """The columns, as the head of the grid shows them."""
    return [{"label": COLUMNS[name], "width": WIDTHS[name], "is_figure": name in AMOUNTS} for name in TEXTS]


def blank() -> Typed:
    return Typed(dict.fromkeys(TEXTS, ""))


def _read(name: str, text: str, codes: Codes) -> Any:
    if name == "number":
        return _number(text)
    if name in AMOUNTS:
        return _amount(text)
    if name == "steps":
        return read_steps(text)
    if name in WORDS:
        return _words(name, text)
    if name in KEYS:
        return _key(name, text, codes)
    if name == "document_kind":
        return _kind(text)
    return _day(text) if name in DAYS else text


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:8]) < 1_000_000 and len(text) < 8):
        raise ValueError(_("“%(text)s” is no number of a rule: use 1, 2, 3 …") % {"text": text[:20]})
    return int(text)


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        amount = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount >= 10**14 or amount != round(amount, 6):
        raise ValueError(_("“%(text)s” is no amount: write it as 5000 or 5000.50.") % {"text": text[:30]})
    return amount


def _words(name: str, text: str) -> list[str]:
    known = {str(word) for word in WORDS[name]}
    words = [word.strip().lower().replace(" ", "_") for word in text.split(",") if word.strip()]
    if strange := [word for word in words if word not in known]:
        said = {"word": strange[0][:30], "known": ", ".join(sorted(known))}
        raise ValueError(_("There is no “%(word)s”. There are: %(known)s.") % said)
    return words


def _key(name: str, text: str, codes: Codes) -> int | None:
    if not text:
        return None
    key = getattr(codes, name).get(text.upper())
    if key is None:
        said = {"what": COLUMNS[name], "code": text[:30]}
        raise ValueError(_("There is no %(what)s with the code “%(code)s”.") % said)
    return key


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(_("“%(text)s” is no day: write it as 2026-12-31.") % {"text": text[:30]}) from None


def _kind(text: str) -> str:
    if text in ("", *KINDS):
        return text
    said = {"word": text[:30], "known": ", ".join(KINDS)}
    raise ValueError(_("“%(word)s” is not decided by the matrix. Use one of: %(known)s, or leave it empty.") % said)
