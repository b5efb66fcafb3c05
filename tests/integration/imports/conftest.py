"""Somebody who may import everything, and files of a few lines."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from integration.imports import inline
from integration.imports.models import Import, ImportRow
from organization.items.models import ItemUnit, Unit
from tests.scene import NOW, VERBS, Scene, give, person

STEWARD = [
    *["import_data", "edit_master_data", "edit_supplier", "see_supplier", "raise_requisition", "see_requisition"],
    *["draft_order", "issue_order", "cancel_order", "change_order", "see_order", "receive_goods", "reverse_receipt"],
    *["see_receipt", "see_stock", "adjust_stock", "see_demand", "edit_demand", "edit_customer"],
    *["work_case", "see_case"],
]
LATER = NOW + dt.timedelta(hours=2)
Bring = Callable[..., Import]


@pytest.fixture
def steward(scene: Scene, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Any:
    """The data steward, whose reach is the whole house."""
    settings.FILE_STORE = tmp_path / "files"
    monkeypatch.setitem(VERBS, "Data steward", STEWARD)
    scene.people["steward"] = person("steward")
    give(scene.people["steward"], "Data steward")
    box = Unit.objects.create(code="BX", name="box")
    ItemUnit.objects.create(item=scene.items[0], unit=box, numerator=50)
    return scene.steward


def upload(text: str | bytes, name: str = "rows.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


@pytest.fixture
def staged(steward: Any) -> Bring:
    def stage(kind: str, text: str | bytes, *, name: str = "rows.csv", by: Any = None, **more: Any) -> Import:
        return inline.stage(kind, upload(text, name), by=by or steward, at=NOW, **more)

    return stage


@pytest.fixture
def bring(staged: Bring, steward: Any) -> Bring:
    """Stage and apply."""

    def do(kind: str, text: str | bytes, *, by: Any = None, **more: Any) -> Import:
        return inline.apply(staged(kind, text, by=by, **more), by=by or steward, at=NOW)

    return do


@pytest.fixture
def take_back(steward: Any) -> Bring:
    return lambda batch, by=None: inline.undo(batch, by=by or steward, at=LATER)


def effects(batch: Import) -> list[str]:
    return list(batch.rows.order_by("number").values_list("effect", flat=True))


def errors(batch: Import) -> list[str]:
    return [error for row in ImportRow.objects.filter(batch=batch).order_by("number") for error in row.errors]
