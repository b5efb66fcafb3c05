"""Waivers and where they were used."""

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import UNSEEN, Recorded
from governance.waivers.lifecycle import WaiverLifecycle, WaiverState

NARROWED = ("entity", "site", "supplier", "item")


class Waiver(FSMModelMixin, WaiverLifecycle, Recorded):
    """One check does not count for what all of its places say; an empty place matches anything, and one is said."""

    lock_rank = 13

    check_name = models.CharField(max_length=40)
    entity = models.ForeignKey("organization.LegalEntity", null=True, **UNSEEN)
    site = models.ForeignKey("organization.Site", null=True, **UNSEEN)
    supplier = models.ForeignKey("organization.Party", null=True, **UNSEEN)
    item = models.ForeignKey("organization.Item", null=True, **UNSEEN)
    about = models.CharField(max_length=80, blank=True, default="")
    """One document, by subject: it counts for nothing else."""
    about_title = models.CharField(max_length=200, blank=True, default="")
    about_url = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField(max_length=400)
    owner = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    """Who asked for it, and is reminded before it ends."""
    asked_at = models.DateTimeField()
    decider = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    answer = models.CharField(max_length=400, blank=True, default="")
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entity__isnull=False)
                | Q(site__isnull=False)
                | Q(supplier__isnull=False)
                | Q(item__isnull=False)
                | ~Q(about=""),
                name="a_waiver_says_where",
            ),
            models.CheckConstraint(
                condition=Q(site=None) | Q(entity__isnull=False), name="a_waived_site_has_an_entity"
            ),
        ]
        indexes = [
            models.Index(fields=["check_name", "ends_at"], condition=Q(status=WaiverState.GRANTED), name="live_waivers")
        ]

    def __str__(self) -> str:
        return f"{self.check_name} · {self.where}"

    @property
    def where(self) -> str:
        named = [str(getattr(self, name)) for name in NARROWED if getattr(self, f"{name}_id")]
        return " · ".join([*named, *([self.about_title or self.about] if self.about else [])])

    def places(self) -> dict[str, set[int]]:
        found = {"entity": self.entity_id, "site": self.site_id, "supplier": self.supplier_id}
        return {name: {key} for name, key in found.items() if key}


class WaiverUse(models.Model):
    """A document that passed a check by a waiver."""

    append_only = True

    waiver = models.ForeignKey(Waiver, on_delete=models.PROTECT, related_name="uses")
    about = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    line = models.PositiveIntegerField(null=True)
    sentence = models.CharField(max_length=400)
    """What the check would have said."""
    used_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["about"], name="waivers_used_by_document"),
            models.Index(fields=["waiver", "-id"], name="uses_of_waiver"),
        ]

    def __str__(self) -> str:
        return self.title
