"""The page of what each rule costs, and the documents behind its figures."""

from tests.pages import words


def test_leads_from_a_figure_to_its_documents(keepers, as_) -> None:
    page = as_("author").get("/authority/1/friction/?days=365")
    documents = as_("author").get("/authority/1/friction/1/?asked_from=2025-01-01")

    assert page.status_code == documents.status_code == 200
    assert "What each rule costs and catches" in words(page)
    assert "Asked by rule 1" in words(documents)


def test_documents_are_for_those_who_keep_the_rules(keepers, as_) -> None:
    assert as_("reader").get("/authority/1/friction/").status_code == 200
    assert as_("reader").get("/authority/1/friction/1/").status_code == 403
