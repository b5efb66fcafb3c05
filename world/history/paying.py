"""Accounts payable looks at what did not match by itself."""

from datetime import datetime, timedelta

from finance.invoices import actions as invoices
from finance.invoices.actions.settle import ACCEPTABLE
from finance.invoices.models import Invoice
from organization.entities.models import LegalEntity
from world.history.story import Story, fresh

WHY = ["Agreed with the buyer by phone.", "Price list of this month.", "Within what we pay for express."]
WHY_NOT = ["Not on our order: please send a corrected invoice.", "Sum of the lines is wrong.", "Wrong currency."]


def work(story: Story, when: datetime, entity: LegalEntity) -> None:
    """What matches is released by somebody who did not capture it; what differs is accepted, rejected or left."""
    site = next(site for site in story.scene.sites.values() if site.entity_id == entity.pk)
    by = story.doing("AP lead", site)
    rows = Invoice.objects.everywhere(because="the story knows everything").filter(entity=entity)
    for invoice in rows.filter(status="matched", received_at__lt=when - timedelta(hours=12)).order_by("pk")[:12]:
        if story.chance(0.8):
            invoices.release(invoice=invoice, by=by, at=when, seen=invoice.version, key=story.key())
    for invoice in rows.filter(status="variance", received_at__lt=when - timedelta(hours=30)).order_by("pk")[:8]:
        if story.chance(0.3):
            _settle(story, when, invoice)


def _settle(story: Story, when: datetime, invoice: Invoice) -> None:
    site = next(site for site in story.scene.sites.values() if site.entity_id == invoice.entity_id)
    by = story.doing("AP lead", site)
    lines = [line.number for line in invoice.lines.order_by("number") if line.verdict in ACCEPTABLE]
    if not lines or story.chance(0.35):
        reason = story.random.choice(WHY_NOT)
        invoices.reject(invoice=invoice, reason=reason, by=by, at=when, seen=invoice.version, key=story.key())
        return
    for number in lines:
        invoice = fresh(invoice)
        invoices.accept_variance(
            invoice=invoice,
            line_number=number,
            reason=story.random.choice(WHY),
            by=by,
            at=when,
            seen=invoice.version,
            key=story.key(),
        )
