"""The lines of a document that is decided about: all of them, and those of one step."""

from collections.abc import Iterable
from typing import Any

from foundation.subjects import registry as subjects
from foundation.subjects.registry import SubjectLine
from governance.approvals.models import ApprovalStep


def living(document: Any) -> set[int]:
    """Numbers of the lines that are part of the document still; none of a document that is decided as a whole."""
    return {line.number for line in _lines(document)}


def lines_of(step: ApprovalStep, document: Any) -> list[SubjectLine]:
    """The lines that this step decides on and that are part of the document still."""
    return [line for line in _lines(document) if not step.lines or line.number in step.lines]


def _lines(document: Any) -> Iterable[SubjectLine]:
    handler = subjects.handler(document.subject)
    return handler.lines(document) if subjects.has_lines(handler) else []
