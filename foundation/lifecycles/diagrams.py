"""Mermaid state diagrams drawn from the real machines, so that documentation cannot drift."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django_fsm import FSMFieldMixin


def living() -> Iterator[tuple[type[models.Model], FSMFieldMixin]]:
    """Every model that has a life, with its state field."""
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, FSMFieldMixin):
                yield model, field


def mermaid(model: type[models.Model], field: FSMFieldMixin) -> str:
    """One lifecycle as a mermaid ``stateDiagram-v2``: every move by its name."""
    labels = {str(value): str(label) for value, label in field.choices}
    lines = ["stateDiagram-v2"]
    lines += [f"    {state}: {label}" for state, label in labels.items()]
    lines += [f"    [*] --> {birth}" for birth in getattr(model, "born_as", (str(field.default),))]
    moves = set()
    for transition in field.get_all_transitions(model):
        for source in labels if transition.source in ("*", "+") else [transition.source]:
            moves.add((str(source), str(transition.target), transition.name))
    order = list(labels)
    for source, target, name in sorted(moves, key=lambda m: (order.index(m[0]), order.index(m[1]), m[2])):
        lines.append(f"    {source} --> {target}: {name}")
    return "\n".join(lines) + "\n"


def page(model: type[models.Model], field: FSMFieldMixin) -> str:
    """The documentation page of one lifecycle."""
    title = str(model._meta.verbose_name).capitalize()
    return f"# {title}\n\nWritten by `manage.py lifecycles`; do not edit.\n\n```mermaid\n{mermaid(model, field)}```\n"
