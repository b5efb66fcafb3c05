"""The state field of a lifecycle."""

from typing import Any

from django_fsm import FSMField


class StateField(FSMField):
    """A django-fsm field that is protected, and that migrations know as the plain text column it is.

    django-fsm connects a signal for every rendered copy of a model; hundreds of migration states would pay for that.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("protected", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs
