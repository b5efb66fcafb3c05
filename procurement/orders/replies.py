"""Where an answer by mail goes: an address with the token of one order (``orders+2f-9c1e...@``), which only we make."""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from procurement.orders.models import PurchaseOrder

MARK = 20
"""Signs of the token that prove it: 80 bits."""
_TOKEN = re.compile(rf"\+([0-9a-f]{{1,15}})-([0-9a-f]{{{MARK}}})@")


def reply_address(order: PurchaseOrder) -> str:
    """``ANSWERS_MAILBOX`` with the order's token; nothing where nobody reads such a mailbox."""
    name, _at, host = settings.ANSWERS_MAILBOX.rpartition("@")
    return f"{name}+{order.pk:x}-{_mark(order)}@{host}" if name else ""


def order_of(address: str) -> PurchaseOrder | None:
    """The order whose token an address carries, if the token is ours and the order was sent."""
    found = _TOKEN.search(address.lower())
    if found is None:
        return None
    sent = PurchaseOrder.objects.everywhere(because="bound to the token of the address").filter(revision__gte=1)
    order = sent.select_related("supplier", "entity").filter(pk=int(found[1], 16)).first()
    return order if order and constant_time_compare(_mark(order), found[2]) else None


def _mark(order: PurchaseOrder) -> str:
    return salted_hmac("procurement.orders.replies", str(order.public_id)).hexdigest()[:MARK]
