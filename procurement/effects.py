"""What a stop of a supplier means for what waits to be ordered and what is on its way."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.scopes.permissions import may
from foundation.values.actor import Actor
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder
from procurement.requisitions.models import POOL, RequisitionLine
from suppliers.suppliers.effects import Effect, provide
from suppliers.suppliers.models import Supplier


def of_orders(supplier: Supplier, actor: Actor) -> list[Effect]:
    if not may(actor, "see_order"):
        return []
    orders = PurchaseOrder.objects.visible_to(actor).filter(supplier=supplier)
    waiting = RequisitionLine.objects.visible_to(actor).filter(POOL, supplier=supplier)
    drafts = orders.filter(status__in=[OrderState.DRAFT, OrderState.IN_APPROVAL, OrderState.APPROVED])
    page = f"{reverse('procurement:orders')}?q={supplier.number}&view=all"
    stay = _("They stay where they are, and cannot be sent without a waiver.")
    return [
        Effect(_("Request lines that wait to be ordered"), waiting.count(), stay, stay),
        Effect(_("Orders that are not sent yet"), drafts.count(), stay, stay, page),
        Effect(
            _("Orders on their way"),
            orders.filter(status=OrderState.ISSUED).count(),
            _("They go on: goods are received."),
            _("They stand as they are: goods are received, and no invoice is released."),
            page,
        ),
    ]


provide(of_orders)
