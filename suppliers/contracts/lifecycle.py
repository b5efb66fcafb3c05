"""The life of a contract."""

from django.db import models

from foundation.lifecycles import StateField, transition


class ContractState(models.TextChoices):
    DRAFT = "draft", "Draft"
    ACTIVE = "active", "In force"
    ENDED = "ended", "Ended"


LADDER = (60, 14)
"""Days before its end at which somebody of ours owns what comes next."""


class ContractLifecycle(models.Model):
    status = StateField(choices=ContractState.choices, default=ContractState.DRAFT)

    class Meta:
        abstract = True

    @transition(field="status", source=ContractState.DRAFT, target=ContractState.ACTIVE)
    def activate(self) -> None: ...

    @transition(field="status", source=[ContractState.DRAFT, ContractState.ACTIVE], target=ContractState.ENDED)
    def end(self) -> None: ...
