"""Items, their categories, their units."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

from foundation.documents.models import MONEY, UNSEEN, Recorded


class Category(models.Model):
    """A node of the category tree. ``path`` is ``"3.17.204."``: a prefix of every node below it."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.TextField(unique=True)

    class Meta:
        verbose_name_plural = "categories"
        indexes = [models.Index(OpClass("path", name="text_pattern_ops"), name="category_below")]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit of measure by its UN/ECE Recommendation 20 code. ``is_whole`` units are counted, never split."""

    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=40)
    is_whole = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.code


class Item(Recorded):
    """What is bought, stocked and sold. Quantities everywhere are in ``base_unit``."""

    lock_rank = 24

    sku = models.CharField(max_length=40, unique=True)
    description = models.CharField(max_length=200)
    category = models.ForeignKey(Category, **UNSEEN)
    base_unit = models.ForeignKey(Unit, **UNSEEN)
    gtin = models.CharField(max_length=14, blank=True, default="", db_index=True)
    is_active = models.BooleanField(default=True)
    standard_price = models.DecimalField(**MONEY)
    """What one base unit is valued at, in the entity's currency; a reference for checks, never a purchase price."""
    reorder_point = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    safety_stock = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    needs_inspection = models.BooleanField(default=False)
    tracks_lots = models.BooleanField(default=False)
    tracks_expiry = models.BooleanField(default=False)
    """Whether whoever sends it must say until when it keeps."""
    tracks_serials = models.BooleanField(default=False)
    """Whether whoever sends it must give the serial number of each piece."""
    needs_certificate = models.BooleanField(default=False)
    """Whether it may be used only once its certificate is here: goods that come without stand on hold."""

    class Meta:
        indexes = [
            GinIndex(OpClass(Upper("description"), name="gin_trgm_ops"), name="item_description_part"),
            GinIndex(OpClass(Upper("sku"), name="gin_trgm_ops"), name="item_sku_part"),
        ]

    def __str__(self) -> str:
        return f"{self.sku} {self.description}"


class ItemUnit(models.Model):
    """Another unit of an item, as an exact fraction of the base unit: 1 ``unit`` = numerator / denominator base."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, **UNSEEN)
    numerator = models.PositiveIntegerField(default=1)
    denominator = models.PositiveIntegerField(default=1)
    gtin = models.CharField(max_length=14, blank=True, default="", db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "unit"], name="one_factor_per_unit"),
            models.CheckConstraint(
                condition=models.Q(numerator__gt=0, denominator__gt=0), name="unit_factor_is_positive"
            ),
        ]
