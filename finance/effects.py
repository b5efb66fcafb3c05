"""What a stop of a supplier means for its invoices."""

from django.urls import reverse
from django.utils.translation import gettext as _

from finance.invoices.lifecycle import UNSETTLED
from finance.invoices.models import Invoice
from foundation.scopes.permissions import may
from foundation.values.actor import Actor
from suppliers.suppliers.effects import Effect, provide
from suppliers.suppliers.models import Supplier


def of_invoices(supplier: Supplier, actor: Actor) -> list[Effect]:
    if not may(actor, "see_invoice"):
        return []
    rows = Invoice.objects.visible_to(actor).filter(supplier=supplier, status__in=UNSETTLED)
    return [
        Effect(
            what=_("Invoices that are not released"),
            count=rows.count(),
            restricted=_("They are matched and paid as usual."),
            blocked=_("They are matched, and none is released for payment."),
            url=f"{reverse('finance:invoices')}?q={supplier.number}&view=all",
        )
    ]


provide(of_invoices)
