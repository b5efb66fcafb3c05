"""What was agreed with a supplier: prices for items, a ceiling, a span of time."""

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin

from foundation.documents.models import MONEY, QUANTITY, UNSEEN, Document, Line
from suppliers.contracts.lifecycle import ContractLifecycle


class ContractKind(models.TextChoices):
    PRICES = "prices", "Agreed prices"
    BLANKET = "blanket", "Blanket order"


class Contract(FSMModelMixin, ContractLifecycle, Document):
    lock_rank = 35
    see_verb = "see_supplier"
    scope_paths = {"entity": "entity_id", "supplier": "supplier_id"}

    number = models.CharField(max_length=30, unique=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=ContractKind.choices, default=ContractKind.PRICES)
    """Of a blanket order no release goes beyond its ceilings; agreed prices only tell when they are passed."""
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    currency = models.CharField(max_length=3)
    starts_on = models.DateField()
    ends_on = models.DateField()
    ceiling_amount = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    called_amount = models.DecimalField(**MONEY)
    reminded_days = models.PositiveSmallIntegerField(null=True)
    """The last step of the ladder before its end that was told."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="contract_has_a_span")]

    def __str__(self) -> str:
        return self.number


class ContractLine(Line):
    part_of = "contract"
    see_verb = "see_supplier"
    scope_paths = {"entity": "contract__entity_id", "supplier": "contract__supplier_id"}

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey("organization.Item", **UNSEEN)
    price = models.DecimalField(**MONEY)
    """For one base unit of the item."""
    ceiling_quantity = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    called_quantity = models.DecimalField(**QUANTITY)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "item"], name="one_contract_line_per_item")]
