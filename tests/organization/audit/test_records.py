"""A record at two points in time, and its history as a file that proves itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from foundation.journal.models import Entry
from organization.audit import evidence, reconstructing
from tests.pages import signed_in, words
from tests.scene import NOW, SETUP, VERBS, Scene, give, person


@pytest.fixture
def auditor(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(VERBS, "Auditor", ["see_audit"])
    who = person("auditor")
    give(who, "Auditor")
    return signed_in(who)


class TestThenAndNow:
    def test_every_version_is_what_it_was(self, order: Any) -> None:
        """Forward from the journal's own words: what each entry says it changed to is what the record is then."""
        row = reconstructing.record(order.subject)
        entries = list(Entry.objects.filter(subject=order.subject).order_by("number"))
        seen = {}
        for version in sorted({one.document_version for one in entries}):
            fields = reconstructing.compared(row, entries, 0, version)
            seen[version] = {one.label: one.after for one in fields}
        assert next(one["Status"] for one in seen.values()) == "Approved"
        assert seen[max(seen)]["Status"] == "Issued"
        assert next(one["Issued at"] for one in seen.values()) == ""
        assert seen[max(seen)]["Issued at"].startswith("2 Mar 2026")

    def test_the_page_shows_the_difference(self, order: Any, auditor: Any, django_assert_max_num_queries: Any) -> None:
        url = f"/audit/record/{order.subject}/"
        auditor.get(url)
        with django_assert_max_num_queries(12):
            shown = auditor.get(url)
        assert "Status Approved Issued" in words(shown)
        assert "RTM Rotterdam RTM Rotterdam" in words(shown)
        assert "Status – Approved" in words(auditor.get(f"{url}?from=0&to=1"))

    def test_there_is_none_of_what_is_no_record(self, scene: Scene, auditor: Any) -> None:
        for subject in ("organization.credential:1", "nothing:1", "organization.site:x", "organization.site:999999"):
            assert auditor.get(f"/audit/record/{subject}/").status_code == 404

    def test_secrets_are_shown_to_nobody(self) -> None:
        assert not reconstructing.is_shown("token_hash")
        assert reconstructing.is_shown("status")


class TestEvidence:
    @pytest.fixture
    def text(self, order: Any) -> str:
        return evidence.written(order, by=SETUP, at=NOW)

    def test_is_whole_and_says_so(self, text: str, tmp_path: Path, capsys: Any) -> None:
        file = tmp_path / "evidence.jsonl"
        file.write_text(text)
        call_command("verify_evidence", file)
        assert "whole, signed here" in capsys.readouterr().out

    def test_is_downloaded(self, order: Any, auditor: Any) -> None:
        text = auditor.get(f"/audit/record/{order.subject}/evidence/").content.decode()
        assert list(evidence.faults(text)) == []
        assert (
            len(text.splitlines()) == Entry.objects.filter(subject__startswith="procurement.purchaseorder").count() + 2
        )

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            (
                lambda lines: [*lines[:2], lines[2].replace("2026", "2025"), *lines[3:]],
                "The chain is broken at entry 2",
            ),
            (lambda lines: [*lines[:-2], lines[-1]], "Entries are missing"),
            (lambda lines: [lines[0], *lines[2:]], "The chain is broken"),
            (lambda lines: [*lines[:-1], lines[-1].replace('"signature": "', '"signature": "0')], "not signed here"),
            (lambda lines: ["[]", "x"], "cannot be read"),
        ],
    )
    def test_every_change_shows(self, text: str, tmp_path: Path, change: Any, fault: str) -> None:
        file = tmp_path / "evidence.jsonl"
        file.write_text("\n".join(change(text.splitlines())))
        with pytest.raises(CommandError, match=fault):
            call_command("verify_evidence", file)

    def test_a_journal_that_was_rewritten_since_shows(self, text: str) -> None:
        subject = json.loads(text.splitlines()[0])["subject"]
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("alter table foundation_entry disable trigger user")
            cursor.execute("update foundation_entry set digest = 'x' where subject = %s and number = 1", [subject])
        assert list(evidence.faults(text)) == ["The journal here says something else."]
