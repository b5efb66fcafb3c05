"""What a supplier's person may do in the portal: one or more of four roles, under the names the trade has for them."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PortalRole(TextChoices):
    ORDERS = "orders", _("Orders")
    SHIPPING = "shipping", _("Shipping")
    BILLING = "billing", _("Billing")
    COMPANY = "company", _("Company")


MEANS: dict[PortalRole, Promise] = {
    PortalRole.ORDERS: _("confirm orders, propose changes, ask"),
    PortalRole.SHIPPING: _("announce deliveries, print labels"),
    PortalRole.BILLING: _("invoices, credit notes, what is paid"),
    PortalRole.COMPANY: _("company data, bank account, documents, colleagues"),
}


def every() -> list[str]:
    """Who is let in may do everything until somebody says less: a small firm never meets the word."""
    return list(PortalRole.values)


def in_order(roles: Iterable[str]) -> list[str]:
    """The same roles each once, always in the same order; what is no role is left out."""
    wanted = set(roles)
    return [role for role in PortalRole.values if role in wanted]


def explained() -> list[tuple[str, str]]:
    """The roles as check boxes name them."""
    return [(role.value, f"{role.label}: {means}") for role, means in MEANS.items()]


def names(roles: Iterable[str]) -> str:
    """As a page says what somebody may do."""
    held = in_order(roles)
    return gettext("everything") if held == every() else ", ".join(str(PortalRole(role).label) for role in held)
