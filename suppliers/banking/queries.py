"""What can be asked about bank accounts: which there are, which change is open, what it holds up."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.parameters.registry import declare
from governance.parameters.rules import Level
from suppliers.banking.lifecycle import OPEN
from suppliers.banking.models import BankAccount
from suppliers.suppliers.models import Contact, Supplier

KNOWN_DAYS = declare(
    "bank_contact_days",
    words=gettext_lazy("Contact known before a bank change"),
    help=gettext_lazy("A supplier is called back about a new account only at a number we knew for so long before."),
    topic=gettext_lazy("Suppliers"), unit=gettext_lazy("days"), owner="Controller",
    default=10, low=0, high=90, lowest=Level.HOUSE,
)  # fmt: skip


def accounts_of(supplier: Supplier) -> QuerySet[BankAccount]:
    """For a page: newest first, with our company."""
    return BankAccount.objects.filter(supplier=supplier).select_related("entity").order_by("-id")


def open_change(supplier_id: int, entity_id: int) -> BankAccount | None:
    """A change on its way that one of our companies would pay by."""
    rows = BankAccount.objects.filter(supplier=supplier_id, status__in=OPEN)
    return rows.filter(Q(entity=entity_id) | Q(entity=None)).order_by("pk").first()


def hold(supplier: Supplier, entity_id: int) -> str:
    """Why nothing is paid to it by this company now; empty when nothing speaks against it. One query at most."""
    if supplier.status == "blocked":
        return _("The supplier is blocked: %(reason)s") % {"reason": supplier.reason or _("no reason is noted")}
    if change := open_change(supplier.pk, entity_id):
        said = _("Its bank account is about to change to %(account)s: nothing is released until that is decided.")
        return said % {"account": change.masked}
    return ""


def known_contacts(supplier_id: int, before: datetime) -> QuerySet[Contact]:
    """Whom we knew long enough before: only they can say whether a change is the supplier's own."""
    known = before - timedelta(days=KNOWN_DAYS.count(at=before))
    return Contact.objects.filter(supplier=supplier_id, added_at__lte=known).order_by("name", "pk")
