"""Systems with access, their secrets and the short-lived tokens they get for one. Only digests are kept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.documents.models import UNSEEN, Recorded


class Scope(models.TextChoices):
    """What a system may be allowed to do."""

    DELIVER = "messages:deliver", _("Bring messages (EDI, UBL, cXML)")
    READ_ORDERS = "orders:read", _("Read orders and what became of answers")
    CONFIRM = "confirmations:write", _("Answer orders and changes")
    NOTIFY = "notices:write", _("Announce shipments")
    BILL = "invoices:write", _("Send invoices")


OURS = (Scope.DELIVER,)
"""What a system of our own may do: it brings what others sent, and speaks for nobody."""


class ApiClient(Recorded):
    """A system of a supplier, or one of ours where ``supplier`` is empty."""

    lock_rank = 33

    name = models.CharField(max_length=80)
    client_id = models.CharField(max_length=40, unique=True)
    supplier = models.ForeignKey("suppliers.Supplier", null=True, **UNSEEN)
    scopes = ArrayField(models.CharField(max_length=30, choices=Scope.choices), default=list)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class ClientSecret(models.Model):
    """One secret. Two are valid while a system moves from one to the next."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="secrets")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256: the secret is 256 random bits, which nobody guesses however fast a digest is."""
    hint = models.CharField(max_length=4)
    """Its last signs, to tell two apart."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)


class AccessToken(models.Model):
    """What a system shows with each call."""

    digest = models.CharField(max_length=64, unique=True)
    secret = models.ForeignKey(ClientSecret, on_delete=models.CASCADE, related_name="tokens")
    scopes = ArrayField(models.CharField(max_length=30))
    expires_at = models.DateTimeField(db_index=True)
