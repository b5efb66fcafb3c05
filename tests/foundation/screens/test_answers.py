import re

import pytest
from django.http import HttpResponse
from django.test import Client

from foundation.door import Busy
from foundation.journal.models import Entry
from foundation.screens import answers, problems
from governance.cases.models import Case
from tests.foundation.screens import stage
from tests.foundation.screens.conftest import htmx, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return stage.some_cases(1)[0]


def at(case: Case, verb: str = "") -> str:
    return f"/stage/cases/{case.number}/{verb}"


def fields(case: Case, **more: object) -> dict:
    return {"seen": case.version, "key": "a-key-of-its-own", **more}


def noted(case: Case) -> str:
    return Case._base_manager.get(pk=case.pk).root_cause


class TestAVerb:
    def test_redirects_to_its_page_and_says_so_there(self, annas: Client, case: Case) -> None:
        answer = annas.post(at(case, "note/"), fields(case, text="broken pallet"))

        assert (answer.status_code, answer["Location"]) == (303, at(case))
        assert "Noted." in annas.get(at(case)).content.decode()
        assert noted(case) == "broken pallet"

    def test_is_a_visit_for_htmx(self, annas: Client, case: Case) -> None:
        answer = annas.post(at(case, "note/"), fields(case, text="broken pallet"), headers=htmx())

        assert answer["HX-Redirect"] == at(case)

    def test_answers_a_fragment_that_tells_the_new_version(self, annas: Client, case: Case) -> None:
        answer = annas.post(at(case, "note/"), fields(case, text="wet", **{"as": "fragment"}), headers=htmx())

        assert answer.content.decode().strip().startswith('<div id="status">')
        assert case.subject in answer["HX-Trigger"]

    def test_redirects_instead_of_a_fragment_without_htmx(self, annas: Client, case: Case) -> None:
        answer = annas.post(at(case, "note/"), fields(case, text="wet", **{"as": "fragment"}))

        assert (answer.status_code, answer["Location"]) == (303, at(case))

    def test_sent_twice_has_one_effect(self, annas: Client, case: Case) -> None:
        for _ in range(2):
            answer = annas.post(at(case, "note/"), fields(case, text="broken pallet"))

        assert answer.status_code == 303
        assert Entry.objects.filter(subject=case.subject).count() == 1

    def test_changes_nothing_by_get_and_leads_back(self, annas: Client, case: Case) -> None:
        answer = annas.get(at(case, "note/"))

        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert f'href="{at(case)}"' in answer.content.decode()


class TestAProblem:
    def test_of_the_rules_is_409_with_every_sentence(self, annas: Client, case: Case) -> None:
        answer = annas.post(at(case, "note/"), fields(case, text="refuse me"))

        assert answer.status_code == 409
        assert "cannot be noted" in answer.content.decode()
        assert "Say something else." in answer.content.decode()

    def test_leads_back_to_the_page(self, annas: Client, case: Case) -> None:
        answer = annas.post(at(case, "note/"), fields(case, text="refuse me"))

        assert f'href="{at(case)}"' in answer.content.decode()

    def test_goes_into_the_problems_of_the_page_for_htmx(self, annas: Client, case: Case) -> None:
        answer = annas.post(at(case, "note/"), fields(case, text="refuse me"), headers=htmx())

        assert (answer.status_code, answer["HX-Retarget"]) == (409, "#problems")
        assert "<html" not in answer.content.decode()

    def test_of_the_version_shows_who_changed_what(self, annas: Client, case: Case, anna) -> None:
        annas.post(at(case, "note/"), fields(case, text="first"))

        answer = annas.post(at(case, "note/"), fields(case, text="second", key="another-key"))

        page = answer.content.decode()
        assert answer.status_code == 409
        assert all(word in page for word in ("Root cause", "first", "Anna Vos"))
        assert noted(case) == "first"

    def test_of_the_person_is_403(self, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stage.note_case, "policy", ("see_case",))
        seeing = stage.a_person("Sam Sees", "see_case")
        monkeypatch.setattr("foundation.screens.policy.admits", lambda *_: True)

        answer = signed_in(seeing).post(at(case, "note/"), fields(case, text="wet"))

        assert answer.status_code == 403
        assert "work on cases" in answer.content.decode()

    def test_of_a_busy_document_says_when_to_try_again(self, annas: Client, case: Case, monkeypatch) -> None:
        def busy(**_request: object) -> None:
            raise Busy

        monkeypatch.setattr(stage, "note", busy)

        answer = annas.post(at(case, "note/"), fields(case))

        assert (answer.status_code, answer["Retry-After"]) == (409, "2")

    def test_of_a_key_used_for_something_else_is_422(self, annas: Client, case: Case) -> None:
        annas.post(at(case, "note/"), fields(case, text="first"))

        answer = annas.post(at(case, "note/"), fields(case, seen=2, text="second"))

        assert answer.status_code == 422

    @pytest.mark.parametrize("seen", ["", "abc", "-1", "1" * 40, "٣"])
    def test_of_a_form_without_a_version_is_400(self, annas: Client, case: Case, seen: str) -> None:
        assert annas.post(at(case, "note/"), fields(case, seen=seen)).status_code == 400

    @pytest.mark.parametrize("key", ["", "short", "x" * 81, "nul\x00nul-nul"])
    def test_of_a_form_without_a_key_is_400(self, annas: Client, case: Case, key: str) -> None:
        assert annas.post(at(case, "note/"), fields(case, key=key)).status_code == 400

    def test_that_nobody_foresaw_is_not_swallowed(self, rf) -> None:
        with pytest.raises(ZeroDivisionError), answers.answering(rf.post("/")):
            raise ZeroDivisionError

    def test_out_of_scope_is_the_same_404_as_nothing(self, case: Case, stranger) -> None:
        elsewhere = stage.a_person("Ella Elsewhere")
        somewhere = stage.Scope.objects.create(site=stage.a_site("UTR"))
        for verb in ("see_case", "work_case"):
            grant = {"user": elsewhere, "permission": stage.permission(verb), "content_object": somewhere}
            stage.PersonGrant.objects.create(**grant)
        client = signed_in(elsewhere)

        foreign, missing = client.get(at(case)), client.get("/stage/cases/CASE-NL01-2026-999999/")

        assert foreign.status_code == missing.status_code == 404
        assert without_token(foreign) == without_token(missing)


def without_token(answer: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


class TestAForm:
    def test_is_200_when_asked_for(self, annas: Client, case: Case) -> None:
        assert annas.get(at(case, "edit/")).status_code == 200

    def test_is_422_with_a_summary_when_it_cannot_be_read(self, annas: Client, case: Case) -> None:
        answer = annas.post(at(case, "edit/"), fields(case, text=""))

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'href="#id_text"' in page
        assert 'aria-describedby="id_text_hint id_text_error"' in page

    def test_redirects_when_it_is_done(self, annas: Client, case: Case) -> None:
        assert annas.post(at(case, "edit/"), fields(case, text="wet")).status_code == 303

    def test_keeps_what_was_typed_when_the_rules_refuse(self, annas: Client, case: Case) -> None:
        answer = annas.post(at(case, "edit/"), fields(case, text="refuse me"))

        assert answer.status_code == 409
        assert 'value="refuse me"' in answer.content.decode()

    def test_shows_the_changes_of_others_and_can_be_meant_once_more(self, annas: Client, case: Case) -> None:
        annas.post(at(case, "edit/"), fields(case, text="theirs"))

        stale = annas.post(at(case, "edit/"), fields(case, text="mine", key="another-key"))

        page = stale.content.decode()
        assert stale.status_code == 409
        assert "theirs" in page
        assert 'value="mine"' in page
        again = annas.post(at(case, "edit/"), fields(case, seen=2, text="mine", key="a-third-key"))
        assert again.status_code == 303
        assert noted(case) == "mine"


class TestLastResort:
    def test_odd_input_is_400_and_logged(self, annas: Client, case: Case, caplog, monkeypatch) -> None:
        monkeypatch.setattr(stage, "note", lambda **request: Case._base_manager.filter(number="a\x00b").exists())

        answer = annas.post(at(case, "note/"), fields(case))

        assert answer.status_code == 400
        assert "unchecked" in caplog.text

    @pytest.mark.parametrize("address", ["/stage/cases/%00/", "/stage/cases/?q=%00", "/%00"])
    def test_nul_in_an_address_is_400(self, annas: Client, address: str) -> None:
        assert annas.get(address).status_code == 400

    def test_a_defect_is_500_with_a_reference_in_the_log(self, annas: Client, caplog) -> None:
        annas.raise_request_exception = False

        answer = annas.get("/stage/breaks/")

        assert answer.status_code == 500
        reference = next(record.args[0] for record in caplog.records if record.msg.startswith("Reference"))
        assert reference in answer.content.decode()

    @pytest.mark.parametrize(("size", "status"), [(100, 400), (20 * 2**20 + 1, 413)])
    def test_a_body_is_at_most_20_mb(self, annas: Client, case: Case, size: int, status: int) -> None:
        answer = annas.post(at(case, "note/"), b"x" * size, content_type="application/x-www-form-urlencoded")

        assert answer.status_code == status


def test_every_builder_says_what_to_do() -> None:
    """A problem without a sentence would leave a person alone with a title."""
    built = [problems.missing(), problems.broken(), problems.unavailable(), problems.too_large()]

    assert all(problem.sentences for problem in built)
