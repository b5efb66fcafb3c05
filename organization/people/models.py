"""People: internal, or of one supplier, never both."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from foundation.documents.models import UNSEEN, Recorded
from foundation.values.actor import PERSON, SUPPLIER, Actor
from foundation.values.portal_roles import PortalRole, every, names
from organization.people import devices


class PersonManager(BaseUserManager["Person"]):
    """People are found by their mail address, in lower case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(Recorded, AbstractBaseUser, PermissionsMixin):
    """Who signs in. The password is in another table, which the portal's role cannot read.

    Recorded, because whoever was let in or shut out when is asked years later; taste is not.
    """

    lock_rank = 9

    INTERNAL, OF_SUPPLIER = "internal", "supplier"

    password: Any = None
    last_login: Any = None
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(INTERNAL, "Internal"), (OF_SUPPLIER, "Of a supplier")])
    party = models.ForeignKey("organization.Party", null=True, blank=True, **UNSEEN)
    manager = models.ForeignKey("self", null=True, blank=True, **UNSEEN)
    title = models.CharField(max_length=80, blank=True, default="")
    is_active = models.BooleanField(default=True)
    portal_roles = ArrayField(models.CharField(max_length=8, choices=PortalRole.choices), default=every)
    """What a supplier's person may do in the portal; for one of ours it says nothing."""
    let_in_at = models.DateTimeField(db_default=Now())
    password_changed_at = models.DateTimeField(db_default=Now())
    theme = models.CharField(max_length=5, default="auto")
    density = models.CharField(max_length=8, default="normal")
    language = models.CharField(max_length=10, default="en")
    timezone = models.CharField(max_length=60, default="UTC")
    uses_keys = models.BooleanField(default=True)
    declined_passkey_at = models.DateTimeField(null=True)
    """When the person last said that no passkey is wanted, so that nobody asks at every sign-in."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="internal", party=None) | Q(kind="supplier", party__isnull=False),
                name="person_internal_xor_supplier",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """The person as the one who acts."""
        return Actor(PERSON if self.kind == self.INTERNAL else SUPPLIER, str(self.pk))

    @property
    def portal_role_names(self) -> str:
        return names(self.portal_roles)

    def get_session_auth_hash(self) -> str:
        return self._get_session_auth_hash()

    def _get_session_auth_hash(self, secret: Any = None) -> str:  # Django's own hook hashes the password column
        said = f"{self.pk} {self.password_changed_at.isoformat()}"
        return salted_hmac("countersign.session", said, secret=secret, algorithm="sha256").hexdigest()


class Credential(models.Model):
    """The hash of a person's password, apart from the person."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    encoded = models.TextField()


class Keyring(Recorded):
    """What a person proves himself with. The factors are allauth's rows; their comings and goings are recorded here."""

    lock_rank = 13

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.person)


class OfficeSession(AbstractBaseSession):
    """A session of the back office, and whose it is."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    device = models.CharField(max_length=300, blank=True, default="")
    """What the browser said of itself at sign-in."""
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person"], name="sessions_of_person")]


class PortalSession(models.Model):
    """A portal session by the hash of its key; the database finds person and supplier from it."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    data = models.TextField()
    opened_at = models.DateTimeField(null=True)
    """When its person proved himself; a passkey is added soon after that or not at all."""
    expires_at = models.DateTimeField(db_index=True)


class PortalLink(models.Model):
    """A mailed way into the portal, by the hash of its token: for one mailbox, for 30 days, for one page."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    about = models.UUIDField(null=True)
    """The public id of what it leads to; none leads to the start page."""
    page = models.CharField(max_length=20, default="order")
    """Which page of the portal shows it."""
    title = models.CharField(max_length=120, blank=True, default="")
    """What its page says it is about, before anybody has signed in."""
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()


class PortalCode(models.Model):
    """Six digits sent to a link's mailbox: ten minutes, five tries, one use."""

    link = models.ForeignKey(PortalLink, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class TrustedDevice(models.Model):
    """A browser in which a person gave a code, by the hash of its cookie: for 90 days links open without another."""

    token_hash = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=120, blank=True, default="")
    trusted_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_hash", "person"], name="one_trust_per_device_and_person")]

    @property
    def called(self) -> str:
        """What its owner knows it by."""
        return devices.words(self.label)


class PortalPasskey(models.Model):
    """A passkey of a supplier's person. The portal's role sees its name and its dates, never its public key."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    credential = models.CharField(max_length=1400, unique=True)
    """What the authenticator calls it, in base64url."""
    public_key = models.BinaryField()
    """COSE, as CBOR."""
    uses = models.PositiveBigIntegerField(default=0)
    """What the authenticator counted last; 0 from one that does not count."""
    name = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    """It opens nothing any more; whoever judges answers takes it away and records that."""


class PortalChallenge(models.Model):
    """What a browser was asked to answer with a passkey: five minutes, one answer, one use. Hidden from the portal."""

    secret_hash = models.CharField(max_length=64, primary_key=True)
    """Of the cookie by which the browser that was asked is known again."""
    asked = models.CharField(max_length=64)
    """256 bits, in hexadecimal."""
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    """Whose new passkey it is about; none: somebody signs in."""
    expires_at = models.DateTimeField(db_index=True)
    answer = models.TextField(default="")
    name = models.CharField(max_length=60, default="")
    """What the new passkey is to be called."""
    answered_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=7, default="")
    """``proved`` or ``refused``, once the answer was judged."""
    passkey = models.ForeignKey(PortalPasskey, on_delete=models.CASCADE, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)


class PortalAttempt(models.Model):
    """How often somebody tried something at the portal's door lately, by the hash of who and what."""

    bucket = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    since = models.DateTimeField()
