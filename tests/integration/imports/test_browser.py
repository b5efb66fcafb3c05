"""Imports in a browser: from a file to its undoing, and every screen of it at three widths and in both themes."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from integration.imports import tasks
from integration.imports.models import Import
from organization.items.models import Item
from tests.browser import accept_everywhere
from tests.integration.imports.conftest import Bring
from tests.integration.imports.test_kinds import ITEMS, OFFERS, SUPPLIERS
from tests.scene import Scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
Eyes = Callable[..., Page]


def test_from_a_file_to_its_undoing(eyes: Eyes, scene: Scene, steward: Any, tmp_path: Path) -> None:
    file = tmp_path / "Artikel März.csv"
    file.write_bytes("Artikelnummer;Name;Group;UOM;Cost\nNUT-6;Sechskantmutter M6;FAS;EA;1.250\n".encode("cp1252"))
    page = eyes(scene.people["steward"], "/imports/")
    page.get_by_role("link", name="New import").first.click()

    page.get_by_label("What it holds").select_option("items")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="Some columns are not found yet")).to_be_visible()

    page.get_by_label("SKU").select_option("Artikelnummer")
    page.get_by_role("button", name="Look at the rows again").click()
    expect(page.get_by_text("“1.250” can mean two things")).to_be_visible()
    page.get_by_label("Decimal sign").select_option("comma")
    page.get_by_role("button", name="Look at the rows again").click()
    expect(page.get_by_role("cell", name="1250", exact=True)).to_be_visible()

    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", name="Being applied")).to_be_visible()
    tasks.clock_imports()
    expect(page.get_by_role("button", name="Undo it")).to_be_visible(timeout=15_000)
    assert Item.objects.get(sku="NUT-6").standard_price == 1250

    page.get_by_role("button", name="Undo it").click()
    tasks.clock_imports()
    expect(page.get_by_role("heading", name="Undone")).to_be_visible(timeout=15_000)
    assert not Item.objects.get(sku="NUT-6").is_active


@pytest.fixture
def addresses(bring: Bring, staged: Bring) -> dict[str, str]:
    applied = bring("suppliers", SUPPLIERS)
    staged("items", f"{ITEMS}NUT-8,Nut,XXX,EA,a lot,,\nNUT-9,Nut M9,FAS,EA,0.09,,\n")
    looked = Import.objects.latest("pk")
    lost = staged("supplier_items", OFFERS.replace("sku", "what", 1))
    return {
        "imports": "/imports/",
        "import-new": "/imports/new/",
        "import-looked": f"/imports/{looked.pk}/",
        "import-lost": f"/imports/{lost.pk}/",
        "import-applied": f"/imports/{applied.pk}/",
    }


def test_every_screen_is_accessible_and_fits(eyes: Eyes, scene: Scene, addresses: dict[str, str]) -> None:
    """Each state of an import is a page of its own."""
    for name, address in addresses.items():
        page = eyes(scene.people["steward"], address)
        expect(page.get_by_role("main")).to_be_visible()
        accept_everywhere(page, name)
        page.context.close()


def test_only_the_failed_rows_go_around_again(eyes: Eyes, scene: Scene, steward: Any, tmp_path: Path) -> None:
    """Bar 19: the rows in error come back as they were, each with its reason, and are uploaded as they are."""
    file, again = tmp_path / "items.csv", tmp_path / "errors.csv"
    file.write_text(f"{ITEMS}NUT-8,Nut M8,XXX,EA,0.06,,\n")
    page = eyes(scene.people["steward"], "/imports/new/")
    page.get_by_label("What it holds").select_option("items")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    with page.expect_download() as loading:
        page.get_by_role("link", name="Rows in error").click()
    loading.value.save_as(again)
    heading, *rows = csv.reader(io.StringIO(again.read_text("utf-8-sig")))

    assert heading == [*ITEMS.splitlines()[0].split(","), "Line in items.csv", "What is wrong"]
    assert [row[0] for row in rows] == ["NUT-8"]
    assert rows[0][-1] == "There is no category “XXX”."

    again.write_text(again.read_text("utf-8-sig").replace("XXX", "FAS", 1))
    page.goto(page.url.rsplit("/imports/", 1)[0] + "/imports/new/")
    page.get_by_label("What it holds").select_option("items")
    page.get_by_label("File").set_input_files(again)
    page.get_by_role("button", name="Read the file").click()

    expect(page.get_by_role("button", name="Apply")).to_be_visible()
    expect(page.get_by_role("link", name="Rows in error")).to_have_count(0)
    assert list(Import.objects.latest("pk").rows.values_list("effect", flat=True)) == ["new"]
