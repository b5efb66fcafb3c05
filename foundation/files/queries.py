"""Who may open a file: whoever may see the document it is about, and the one who brought it."""

from django.apps import apps

from foundation.documents.models import Scoped
from foundation.files.models import StoredFile
from foundation.values.actor import Actor


def may_open(actor: Actor, file: StoredFile) -> bool:
    return file.by == str(actor) or sees_subject(actor, file.about)


def sees_subject(actor: Actor, subject: str) -> bool:
    """Whether the actor may see ``"procurement.purchaseorder:7"``."""
    label, _, key = subject.partition(":")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return False
    return issubclass(model, Scoped) and key.isdigit() and model.objects.visible_to(actor).filter(pk=key).exists()


def files_about(subject: str) -> list[StoredFile]:
    return list(StoredFile.objects.filter(about=subject).order_by("-stored_at"))
