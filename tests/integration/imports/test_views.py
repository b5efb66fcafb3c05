"""The screens of imports: upload, map, look, apply by the worker, read what was refused, undo."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from foundation.jobs.models import Job
from integration.imports import tasks
from integration.imports.models import Import
from organization.items.models import Item
from tests.integration.imports.conftest import STEWARD, Bring, effects, upload
from tests.integration.imports.test_kinds import ITEMS
from tests.pages import send, signed_in, words
from tests.scene import VERBS, Scene, fresh, give, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(steward: Any, scene: Scene) -> Client:
    return signed_in(scene.people["steward"])


def uploaded(client: Client, kind: str, text: str | bytes, name: str = "rows.csv") -> Any:
    return send(client, "/imports/new/", kind=kind, file=upload(text, name))


def page(client: Client, batch: Import, **query: str) -> str:
    return words(client.get(f"/imports/{batch.pk}/", query))


class TestUpload:
    def test_a_file_is_read_and_its_rows_are_shown(self, client: Client) -> None:
        answer = uploaded(client, "items", ITEMS)

        batch = Import.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/imports/{batch.pk}/")
        said = page(client, batch)
        assert "Items: rows.csv Checked, not applied" in said
        assert "New 1 Changed 1 Unchanged 1 In error 0" in said
        assert "NUT-6" in said

    def test_nothing_is_written_by_looking(self, client: Client) -> None:
        uploaded(client, "items", ITEMS)

        assert not Item.objects.filter(sku="NUT-6").exists()

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("rows.pdf", b"%PDF-1.7", "Upload a CSV or an XLSX file."),
            ("rows.csv", b"PK\x03\x04\x00\x00", "is not a file that can be taken"),
            ("rows.csv", b"sku,sku\n1,2\n", "Two columns are called “sku”."),
            ("rows.csv", b"sku,description\n", "no rows below it"),
            ("rows.csv", b" \n \n", "The file is empty."),
            ("rows.xlsx", b"PK\x03\x04 no workbook", "no workbook that can be read"),
        ],
    )
    def test_what_cannot_be_read_is_answered_with_what_to_do(
        self, client: Client, name: str, content: bytes, said: str
    ) -> None:
        answer = uploaded(client, "items", content, name)

        assert answer.status_code == 409
        assert said in words(answer)
        assert not Import.objects.exists()

    def test_without_a_file_it_asks_for_one(self, client: Client) -> None:
        answer = send(client, "/imports/new/", kind="items")

        assert answer.status_code == 422
        assert "This field is required." in words(answer)

    def test_sent_twice_it_is_one_import(self, client: Client) -> None:
        for _time in range(2):
            client.post("/imports/new/", {"key": "one-and-the-same-key", "kind": "items", "file": upload(ITEMS)})

        assert Import.objects.count() == 1

    def test_an_empty_file_with_our_headings_can_be_had(self, client: Client) -> None:
        answer = client.get("/imports/columns/supplier_items/")

        assert answer.content.decode("utf-8-sig").startswith("supplier,sku,supplier_sku,unit,pack")
        assert client.get("/imports/columns/nothing/").status_code == 404


class TestColumns:
    ROWS = "Artikelnr.;Omschrijving;Groep;Eenheid;Prijs\nNUT-6;Moer M6;FAS;EA;1.250\n"
    SAID = {
        "col_sku": "Artikelnr.",
        "col_description": "Omschrijving",
        "col_category": "Groep",
        "col_base_unit": "Eenheid",
    }

    def test_what_is_not_found_is_asked_for(self, client: Client) -> None:
        uploaded(client, "items", self.ROWS)
        batch = Import.objects.get()

        assert "Some columns are not found yet" in page(client, batch)
        assert send(client, f"/imports/{batch.pk}/apply/", seen=batch).status_code == 409

    def test_what_can_mean_two_things_is_asked_back(self, client: Client) -> None:
        uploaded(client, "items", self.ROWS)
        batch = Import.objects.get()

        send(client, f"/imports/{batch.pk}/map/", seen=batch, **self.SAID, col_standard_price="Prijs")
        assert "“1.250” can mean two things" in page(client, batch)

        data = {**self.SAID, "col_standard_price": "Prijs", "decimal": "comma"}
        send(client, f"/imports/{batch.pk}/map/", seen=fresh(batch), **data)
        assert batch.rows.get().values["standard_price"] == "1250"

    def test_is_remembered_for_the_next_file_with_these_headings(self, client: Client) -> None:
        uploaded(client, "items", self.ROWS)
        first = Import.objects.get()
        data = {**self.SAID, "col_standard_price": "Prijs", "decimal": "comma"}
        send(client, f"/imports/{first.pk}/map/", seen=first, **data)
        send(client, f"/imports/{first.pk}/apply/", seen=fresh(first))

        uploaded(client, "items", self.ROWS.replace("NUT-6", "NUT-8"))

        second = Import.objects.latest("pk")
        assert (second.mapping, second.error_count) == (fresh(first).mapping, 0)

    def test_two_meanings_of_one_column_are_refused(self, client: Client) -> None:
        uploaded(client, "items", self.ROWS)
        batch = Import.objects.get()

        answer = send(
            client, f"/imports/{batch.pk}/map/", seen=batch, col_sku="Omschrijving", col_description="Omschrijving"
        )

        assert answer.status_code == 409
        assert "The column “Omschrijving” can mean one thing only." in words(answer)
        assert '<option value="Omschrijving" selected>' in answer.content.decode()

    def test_of_a_version_that_is_gone_are_refused(self, client: Client) -> None:
        uploaded(client, "items", self.ROWS)
        batch = Import.objects.get()
        send(client, f"/imports/{batch.pk}/map/", seen=batch, **self.SAID)

        assert send(client, f"/imports/{batch.pk}/map/", seen=batch, **self.SAID).status_code == 409


class TestApply:
    def test_the_worker_applies_it(self, client: Client) -> None:
        uploaded(client, "items", ITEMS)
        batch = Import.objects.get()
        send(client, f"/imports/{batch.pk}/apply/", seen=batch)
        assert "Being applied" in page(client, batch)
        assert not Item.objects.filter(sku="NUT-6").exists()

        tasks.clock_imports()

        assert Item.objects.filter(sku="NUT-6").exists()
        assert "Items: rows.csv Applied" in page(client, batch)
        job = Job.objects.get()
        assert (job.status, job.done_count, job.total_count) == ("done", 3, 3)

    def test_progress_asks_again_until_it_is_over(self, client: Client) -> None:
        uploaded(client, "items", ITEMS)
        batch = Import.objects.get()
        send(client, f"/imports/{batch.pk}/apply/", seen=batch)
        htmx = {"HX-Request": "true"}

        waiting = client.get(f"/imports/{batch.pk}/", headers=htmx)
        assert "HX-Refresh" not in waiting
        assert 'hx-trigger="load delay:2s"' in waiting.content.decode()

        tasks.clock_imports()
        assert client.get(f"/imports/{batch.pk}/", headers=htmx)["HX-Refresh"] == "true"

    def test_a_second_one_of_the_kind_waits(self, client: Client) -> None:
        for _time in range(2):
            uploaded(client, "items", ITEMS)
        first, second = Import.objects.order_by("pk")
        send(client, f"/imports/{first.pk}/apply/", seen=first)

        answer = send(client, f"/imports/{second.pk}/apply/", seen=second)

        assert answer.status_code == 409
        assert "rows.csv, has been running since" in words(answer)

    def test_what_was_cut_off_goes_on(self, client: Client) -> None:
        uploaded(client, "items", ITEMS)
        batch = Import.objects.get()
        send(client, f"/imports/{batch.pk}/apply/", seen=batch)
        client.post(f"/jobs/{Job.objects.get().pk}/cancel/", {"key": "any-key-will-do"})
        assert "It was cut off" in page(client, batch)

        send(client, f"/imports/{batch.pk}/apply/", seen=fresh(batch))
        tasks.clock_imports()

        assert fresh(batch).status == "applied"

    def test_discarded_it_is_over(self, client: Client) -> None:
        uploaded(client, "items", ITEMS)
        batch = Import.objects.get()

        send(client, f"/imports/{batch.pk}/discard/", seen=batch)

        assert fresh(batch).status == "discarded"
        assert send(client, f"/imports/{batch.pk}/apply/", seen=fresh(batch)).status_code == 409


class TestErrors:
    def test_can_be_downloaded_corrected_and_uploaded(self, client: Client) -> None:
        bad = f"{ITEMS}NUT-8,=Nut,XXX,EA,0.06,,\n"
        uploaded(client, "items", bad)
        batch = Import.objects.get()

        content = client.get(f"/imports/{batch.pk}/errors/").content.decode("utf-8-sig")

        rows = list(csv.reader(io.StringIO(content)))
        assert rows[1][:3] == ["NUT-8", "'=Nut", "XXX"]
        assert rows[1][-2:] == ["5", "There is no category “XXX”."]
        uploaded(client, "items", content.replace("XXX,EA", "FAS,EA"))
        again = Import.objects.latest("pk")
        assert effects(again) == ["new"]
        assert again.rows.get().values["description"] == "=Nut"

    def test_only_the_rows_in_error_are_shown_when_asked(self, client: Client) -> None:
        uploaded(client, "items", f"{ITEMS}NUT-8,Nut,XXX,EA,0.06,,\n")

        said = page(client, Import.objects.get(), show="error")

        assert "NUT-8" in said
        assert "BOLT-6" not in said


class TestUndo:
    def test_the_worker_undoes_it(self, client: Client, bring: Bring) -> None:
        batch = bring("items", ITEMS)
        assert "Undo it" in page(client, batch)

        send(client, f"/imports/{batch.pk}/undo/", seen=batch)
        tasks.clock_imports()

        assert fresh(batch).status == "undone"
        assert not Item.objects.get(sku="NUT-6").is_active

    def test_what_stays_says_why(self, client: Client, bring: Bring) -> None:
        batch = bring("items", ITEMS)
        bring("items", "sku,description\nBOLT-6,Changed once more\n")

        send(client, f"/imports/{batch.pk}/undo/", seen=batch)
        tasks.clock_imports()

        assert "BOLT-6 Changed once more was changed since" in page(client, batch)
        assert Item.objects.get(sku="BOLT-6").description == "Changed once more"


class TestWhoMay:
    @pytest.mark.parametrize(
        ("verbs", "kind", "status"),
        [
            (STEWARD, "items", 303),
            ([verb for verb in STEWARD if verb != "edit_master_data"], "items", 403),
            ([verb for verb in STEWARD if verb != "adjust_stock"], "stock", 403),
            (["edit_master_data"], "items", 403),
        ],
    )
    def test_needs_the_verb_of_importing_and_those_of_the_kind(
        self, scene: Scene, steward: Any, monkeypatch: pytest.MonkeyPatch, verbs: list[str], kind: str, status: int
    ) -> None:
        monkeypatch.setitem(VERBS, "Somebody", verbs)
        who = person("somebody")
        give(who, "Somebody")

        rows = {"items": ITEMS, "stock": "site,sku,quantity\nRTM,BOLT-6,1\n"}[kind]
        assert uploaded(signed_in(who), kind, rows).status_code == status

    @pytest.fixture
    def local(self, scene: Scene, steward: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
        """Somebody who may import everything, for Utrecht."""
        monkeypatch.setitem(VERBS, "Local steward", STEWARD)
        scene.people["local"] = person("local")
        give(scene.people["local"], "Local steward", site=scene.other_site.pk)
        return signed_in(scene.people["local"])

    def test_reaches_no_further_than_on_the_screens(self, local: Client, scene: Scene, bring: Bring) -> None:
        uploaded(local, "stock", "site,sku,quantity\nRTM,BOLT-6,1\nUTR,BOLT-6,1\n")
        batch = Import.objects.get()

        assert effects(batch) == ["error", "new"]
        assert "You may not do this for RTM." in page(local, batch)

    def test_without_that_guard_the_action_still_refuses(
        self, local: Client, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The twin: the preview's guard is off, the record is refused when it is written."""
        monkeypatch.setattr("integration.imports.kinds.stock.within_reach", lambda *_given: None)
        uploaded(local, "stock", "site,sku,quantity\nRTM,BOLT-6,1\nUTR,BOLT-6,1\n")
        batch = Import.objects.get()
        assert effects(batch) == ["new", "new"]

        send(local, f"/imports/{batch.pk}/apply/", seen=batch)
        tasks.clock_imports()

        assert effects(batch) == ["error", "new"]
        assert "You may not adjust stock" in page(local, batch)

    def test_sees_his_own_imports_only(self, local: Client, bring: Bring) -> None:
        batch = bring("items", ITEMS)

        assert "rows.csv" not in words(local.get("/imports/"))
        for name in ("", "errors/"):
            assert local.get(f"/imports/{batch.pk}/{name}").status_code == 404
        for name in ("map", "apply", "undo", "discard"):
            assert send(local, f"/imports/{batch.pk}/{name}/", seen=batch).status_code == 404

    def test_whose_reach_is_everything_sees_all(self, client: Client, scene: Scene, local: Client) -> None:
        uploaded(local, "stock", "site,sku,quantity\nUTR,BOLT-6,1\n")

        assert "rows.csv" in words(client.get("/imports/"))
