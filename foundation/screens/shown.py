"""How values are written for people: amounts, quantities, days, instants, states. Lists and template tags share it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import lucide
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from foundation.screens.tones import Shown
from foundation.values.days import day_text
from foundation.values.exact import half_up, plain
from foundation.values.money import minor_unit

NOTHING = mark_safe('<span class="none">–</span>')
"""What stands where there is no value."""
FINEST = 4
"""Decimals of a price from 1 on."""


def money(amount: Decimal | None, currency: str = "") -> SafeString:
    """``EUR 18,420.00``: what is paid or owed, in the currency's own decimals.

    A ledger that adds up converted prices keeps more of them; nobody pays those, and figures would not align.
    """
    if amount is None:
        return NOTHING
    places = minor_unit(currency)
    return _amount(plain(half_up(Decimal(amount), places), places), currency)


def price(amount: Decimal | None, currency: str = "") -> SafeString:
    """``EUR 0.0837``: the price of one unit, with every decimal that was agreed.

    From 1 on four of them: the price of a pack is worked out from that of a base unit, which is kept to six, and what
    stands behind the fourth is that rounding and nobody's price.
    """
    if amount is None:
        return NOTHING
    agreed = half_up(Decimal(amount), FINEST) if abs(amount) >= 1 else Decimal(amount)
    return _amount(plain(agreed, minor_unit(currency)), currency)


def _amount(digits: str, currency: str) -> SafeString:
    unit = format_html('<span class="unit">{}</span> ', currency) if currency else ""
    return format_html('<span class="money">{}{}</span>', unit, digits)


def quantity(value: Decimal | int | None, unit: object = "") -> SafeString:
    """``120 EA``: no zeros that say nothing."""
    if value is None:
        return NOTHING
    beside = format_html(' <span class="unit">{}</span>', unit) if unit else ""
    return format_html('<span class="quantity">{}{}</span>', plain(Decimal(value)), beside)


def number(value: Decimal | int | float | None) -> SafeString:
    if value is None:
        return NOTHING
    return format_html('<span class="number">{}</span>', plain(Decimal(str(value))))


def percent(share: Decimal | float | None, places: int = 0) -> SafeString:
    """A share of one as percent."""
    if share is None:
        return NOTHING
    return format_html('<span class="number">{} %</span>', plain(half_up(Decimal(str(share)) * 100, places), places))


def signed(value: Decimal | None, unit: str) -> SafeString:
    """``+2 days`` or ``−1.5 %`` (of a share of one): how far something lies above or below."""
    if value is None:
        return NOTHING
    amount = half_up(Decimal(value) * 100, 1) if unit == "percent" else Decimal(value)
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    words = {"percent": "%", "days": _("days"), "hours": _("h")}[unit]
    return format_html('<span class="number">{}{} {}</span>', sign, plain(abs(amount)), words)


def day(on: date | None) -> SafeString:
    """A business date: a day of the site's calendar, the same for every viewer."""
    if on is None:
        return NOTHING
    if isinstance(on, datetime):
        on = localtime(on).date()
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), day_text(on))


def instant(at: datetime | None) -> SafeString:
    """``4 Dec 2026, 10:42`` in the viewer's zone; the exact instant with its zone is in the title."""
    if at is None:
        return NOTHING
    local = localtime(at)
    exact = f"{day_text(local.date())}, {local:%H:%M:%S} {local.tzname()}"
    text = f"{day_text(local.date())}, {local:%H:%M}"
    return format_html('<time datetime="{}" title="{}">{}</time>', at.astimezone(UTC).isoformat(), exact, text)


def ago(at: datetime | None, now: datetime) -> SafeString:
    """``in 4 h`` or ``2 d ago``, with the instant in the title."""
    if at is None:
        return NOTHING
    seconds = round((at - now).total_seconds())
    text = _("in %(span)s") if seconds > 0 else _("%(span)s ago")
    local = localtime(at)
    exact = f"{day_text(local.date())}, {local:%H:%M} {local.tzname()}"
    shown = text % {"span": span(abs(seconds))}
    return format_html('<time datetime="{}" title="{}">{}</time>', at.astimezone(UTC).isoformat(), exact, shown)


def span(seconds: int) -> str:
    """``45 s``, ``12 min``, ``4 h 10 min``, ``3 d``."""
    if seconds < 60:
        return _("%(n)s s") % {"n": seconds}
    if seconds < 3600:
        return _("%(n)s min") % {"n": seconds // 60}
    if seconds < 86_400:
        hours, minutes = seconds // 3600, seconds % 3600 // 60
        text = _("%(n)s h") % {"n": hours}
        return f"{text} {_('%(n)s min') % {'n': minutes}}" if minutes and hours < 8 else text
    return _("%(n)s d") % {"n": seconds // 86_400}


def badge(tone: str, label: object) -> SafeString:
    """Shape, word and color."""
    return state(Shown(tone, str(label)))


def state(shown: Shown) -> SafeString:
    return format_html('<span class="badge {}">{}<span>{}</span></span>', shown.tone, shape(shown.shape), shown.label)


SHAPES = {
    "circle": '<circle cx="6" cy="6" r="4.25"/>',
    "arrow": '<path d="M1.5 6h8.5M6.5 2.5 10 6 6.500 9.500"/>',
    "clock": '<circle cx="6" cy="6" r="4.75"/><path d="M6 3.250V6l2 1.250"/>',
    "tick": '<path d="m1.750 6.500 3 3 5.500-6.500"/>',
    "triangle": '<path d="M6 1.500 11 10.500H1Z"/><path d="M6 5v2.250M6 8.900v.1"/>',
    "octagon": '<path d="M4 1h4l3 3v4l-3 3H4L1 8V4Z"/><path d="M6 3.500v3M6 8.400v.1"/>',
    "pause": '<path d="M3.750 2v8M8.250 2v8"/>',
}


@lru_cache(maxsize=16)
def shape(name: str) -> SafeString:
    return mark_safe(f'<svg class="shape" viewBox="0 0 12 12" aria-hidden="true">{SHAPES[name]}</svg>')


@lru_cache(maxsize=256)
def icon(name: str, size: int = 16) -> SafeString:
    """An outline icon, for the eye only: the word stands beside it."""
    drawn = ElementTree.fromstring(lucide._render_icon(name, size))
    drawn.attrib |= {"class": "icon", "aria-hidden": "true", "stroke-width": "1.75"}
    return mark_safe(ElementTree.tostring(drawn, encoding="unicode"))


def text(value: Any) -> SafeString | str:
    """Anything else: as it says itself."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, models.Choices):
        return str(value.label)
    return str(value)
