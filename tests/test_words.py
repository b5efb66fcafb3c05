"""The vocabulary is the code's: every word of docs/words.md has its class, and every document has its word."""

import re
from pathlib import Path

from django.apps import apps

from foundation.documents.models import Document

WORDS = Path(__file__).resolve().parent.parent / "docs" / "words.md"
NAMED = set(re.findall(r"`(\w+\.\w+)` \|$", WORDS.read_text(), re.MULTILINE))


def test_every_word_has_its_class() -> None:
    for label in NAMED:
        apps.get_model(label)


def test_every_document_has_its_word() -> None:
    documents = {model._meta.label for model in apps.get_models() if issubclass(model, Document)}
    assert {label for label in documents if not label.startswith("tests")} - NAMED == set()
