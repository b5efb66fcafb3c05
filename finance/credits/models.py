"""What a supplier agreed to give back. A credit note that fits it meets it."""

from django.db import models

from foundation.documents.models import MONEY, UNSEEN, Scoped


class ExpectedCredit(Scoped):
    """An agreed amount, before tax, until its credit note is here."""

    see_verb = "see_invoice"
    scope_paths = {"entity": "entity_id", "supplier": "supplier_id"}

    case = models.ForeignKey("governance.Case", **UNSEEN)
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    order_number = models.CharField(max_length=30, blank=True, default="")
    invoice = models.ForeignKey("finance.Invoice", null=True, on_delete=models.PROTECT, related_name="expected_credits")
    """The invoice it is to be credited on, where it was agreed on one."""
    amount = models.DecimalField(**MONEY)
    currency = models.CharField(max_length=3)
    agreed_at = models.DateTimeField()
    note = models.OneToOneField("finance.Invoice", null=True, on_delete=models.PROTECT, related_name="meets")
    """The credit note that brought it."""

    class Meta:
        indexes = [models.Index(fields=["supplier", "note"], name="credits_expected")]
