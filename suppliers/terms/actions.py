"""Agree on terms from a day on, and end them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.entities.models import LegalEntity
from organization.items.models import Category
from organization.sites.models import Site
from suppliers.suppliers.models import Supplier
from suppliers.terms.events import TermsAgreed, TermsEnded
from suppliers.terms.models import Agreement
from suppliers.terms.rules import FIELDS

SAID = (*FIELDS, "channels", "contacts")


@verb
def agree(
    *,
    supplier: Supplier,
    entity: LegalEntity | None = None,
    site: Site | None = None,
    category: Category | None = None,
    starts_on: date,
    ends_on: date | None = None,
    values: dict[str, Any],
    by: Actor,
    at: datetime,
    key: str,
) -> Agreement:
    """From a day on, for a place. The agreement for the same place that is in force ends the day before.

    Refused when it says nothing, when the site is not the entity's, or for a day on which another one begins.
    """
    allow(by, "edit_supplier")
    said = {name: value for name, value in values.items() if name in SAID and value not in (None, "", {})}
    if not said:
        raise Refused(_("Say at least one thing that was agreed."))
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("The agreement ends before it begins."))
    if site is not None and entity is not None and site.entity_id != entity.pk:
        raise Refused(_("%(site)s is not a site of %(entity)s.") % {"site": site.code, "entity": entity.code})
    with opening(by=by, key=key) as turn:
        turn.hold([supplier])
        alike = Agreement.objects.filter(supplier=supplier, entity=entity, site=site, category=category)
        if alike.filter(starts_on=starts_on).exists():
            raise Refused(_("Another agreement begins on this day: choose another day."))
        for older in alike.filter(starts_on__lt=starts_on).order_by("pk"):
            if older.ends_on is None or older.ends_on >= starts_on:
                with deciding(older, by=by) as older:
                    _end(older, starts_on - timedelta(days=1), at=at)
        agreement = Agreement(
            supplier=supplier,
            entity=entity,
            site=site,
            category=category,
            starts_on=starts_on,
            ends_on=ends_on,
            **said,
        )
        with deciding(agreement, by=by) as agreement:
            event = TermsAgreed(
                subject=agreement.subject,
                supplier_id=supplier.pk,
                where=agreement.where,
                starts_on=starts_on,
                said={name: str(value) for name, value in said.items()},
            )
            journal.record(event, at=at)
    return agreement


@verb
def end(*, agreement: Agreement, on: date, by: Actor, at: datetime, seen: int, key: str) -> Agreement:
    """Its last day. What was ordered by it stays as it was ordered."""
    with deciding(agreement, by=by, seen=seen, key=key) as agreement:
        allow(by, "edit_supplier")
        if on < agreement.starts_on:
            raise Refused(_("The agreement would end before it begins."))
        _end(agreement, on, at=at)
    return agreement


def _end(agreement: Agreement, on: date, *, at: datetime) -> None:
    """The agreement's door is open."""
    agreement.ends_on = on
    event = TermsEnded(subject=agreement.subject, supplier_id=agreement.supplier_id, where=agreement.where, ends_on=on)
    journal.record(event, at=at)
