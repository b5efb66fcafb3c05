"""``manage.py import``: the same way as the screens, from a shell."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from integration.imports.models import Import
from organization.items.models import Item
from tests.integration.imports.test_kinds import ITEMS
from tests.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path, steward: Any) -> Path:
    path = tmp_path / "items.csv"
    path.write_text(ITEMS)
    return path


def run(*given: Any, **more: Any) -> str:
    out = io.StringIO()
    call_command("import", *map(str, given), stdout=out, **more)
    return out.getvalue()


def test_imports_and_says_what_became_of_it(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = run("items", file)

    assert "3 rows: records 1 new, 1 changed, 1 unchanged, 0 error" in said
    assert f"manage.py import undo {Import.objects.get().pk}" in said
    assert "3 of 3" in capfd.readouterr().err
    assert Item.objects.filter(sku="NUT-6").exists()


def test_a_dry_run_writes_nothing(file: Path) -> None:
    said = run("items", file, dry_run=True)

    assert "records would be 1 new, 1 changed" in said
    assert not Item.objects.filter(sku="NUT-6").exists()
    assert Import.objects.get().status == "discarded"


def test_columns_can_be_said(file: Path) -> None:
    file.write_text("Nummer;Omschrijving;Groep;UOM;Prijs\nNUT-6;Moer;FAS;EA;1.250\n")

    run("items", file, "--map", "sku=Nummer", "description=Omschrijving", "--map", "category=Groep", "standard_price=Prijs",
        "--decimal", "comma")  # fmt: skip

    assert Item.objects.get(sku="NUT-6").standard_price == 1250


def test_undoes(file: Path) -> None:
    run("items", file)

    assert "Everything of it is undone." in run("undo", Import.objects.get().pk)
    assert not Item.objects.get(sku="NUT-6").is_active


def test_as_a_person_it_reaches_as_far_as_the_person(file: Path, scene: Scene) -> None:
    run("items", file, "--as", "steward@noordzee.example")
    assert Import.objects.get().by == str(scene.steward)

    with pytest.raises(CommandError, match="You may not import files"):
        run("items", file, "--as", "buyer@noordzee.example")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["items", "/nowhere.csv"], "There is no file"),
        (["undo", "99"], "There is no import 99"),
        (["undo", "x"], "There is no import x"),
        (["items", "FILE", "--as", "nobody@example.com"], "Nobody of ours"),
        (["items", "FILE", "--map", "sku"], "Write --map OURS=THEIRS"),
        (["items", "FILE", "--map", "sku=Nothing"], "has no column “Nothing”"),
        (["items", "FILE", "--map", "nothing=sku"], "There is no column “nothing”"),
        (["orders", "FILE"], "Say which column is “Order”"),
    ],
)
def test_what_cannot_be_done_says_why(file: Path, given: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*[str(file) if word == "FILE" else word for word in given])


def test_rows_in_error_end_with_an_error(file: Path) -> None:
    file.write_text(f"{ITEMS}NUT-8,Nut,XXX,EA,1,,\n")

    with pytest.raises(CommandError, match="1 rows were not applied"):
        run("items", file)
    assert Item.objects.filter(sku="NUT-6").exists()
