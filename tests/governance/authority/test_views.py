"""Authority on the screen: versions in words, the grid, what changes, publishing, trying out, delegations."""

from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from governance.authority import grid, queries
from governance.authority.models import AuthorityMatrix, Delegation, MatrixRule
from tests.pages import words
from tests.proofs import proven
from tests.scene import Scene, fresh, key

MANAGER = {"sequence": 1, "role": "Branch manager", "at": "entity", "mode": "any", "sla_hours": 8}


def verb(matrix: AuthorityMatrix, **more: object) -> dict:
    return {"seen": fresh(matrix).version, "key": key(), **more}


def table(*rows: dict[str, Any], do: str = "save") -> dict[str, Any]:
    """What the grid's form sends."""
    sent: dict[str, Any] = {"rows": len(rows), "do": do}
    for n, row in enumerate(rows):
        sent |= {f"is_on_{n}": "1", **{f"{name}_{n}": value for name, value in row.items()}}
    return sent


def active() -> AuthorityMatrix:
    return AuthorityMatrix.objects.get(status="active")


def rules(matrix: AuthorityMatrix) -> list[MatrixRule]:
    return list(MatrixRule.objects.filter(matrix=matrix).order_by("number"))


class TestVersions:
    def test_says_what_is_in_force(self, keepers: Scene, as_) -> None:
        page = words(as_("reader").get("/authority/"))

        assert "In force: Authority, version 1." in page
        assert "Draft the next version" not in page

    def test_a_version_is_read_in_words(self, keepers: Scene, as_) -> None:
        page = words(as_("reader").get("/authority/1/"))

        assert "Any document below 100" in page
        assert "up to 100 nobody" in page
        assert "Branch manager of the entity (8 h)" in page

    def test_drafting_copies_the_rules_and_changes_nothing(self, keepers: Scene, as_) -> None:
        answer = as_("author").post("/authority/draft/", {"key": key(), "name": "Authority", "copy_of": 1})

        made = AuthorityMatrix.objects.get(number=2)
        assert (answer.status_code, answer["Location"]) == (303, "/authority/2/")
        assert (made.status, made.rule_count, active().number) == ("draft", 2, 1)
        assert "Matrix drafted by Author" in words(as_("author").get("/authority/2/"))

    def test_rights_are_asked(self, keepers: Scene, as_, drafted) -> None:
        draft = drafted()

        assert as_("buyer").get("/authority/").status_code == 403
        assert as_("reader").get("/authority/2/edit/").status_code == 403
        assert as_("reader").post("/authority/draft/", {"key": key(), "name": "Mine"}).status_code == 403
        assert as_("author").post("/authority/2/publish/", verb(draft, seen_all="on")).status_code == 403
        assert as_("reader").get("/authority/99/").status_code == 404

    @pytest.mark.parametrize(
        "path", ["", "2/", "2/check/", "2/compare/", "2/edit/", "2/publish/", "2/replay/", "2/try/"]
    )
    def test_each_page_costs_few_queries(
        self, path: str, keepers: Scene, as_, drafted, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        drafted({"site": keepers.site, "amount_from": 5000, "steps": [MANAGER]})
        client = as_("publisher")
        with django_assert_max_num_queries(13 if "publish" in path else 12):
            assert client.get(f"/authority/{path}").status_code == 200


class TestCheck:
    def test_a_gap_and_an_overlap_and_an_empty_role_are_said(self, keepers: Scene, as_, drafted) -> None:
        hasty = MANAGER | {"sla_hours": 2}
        nobody = MANAGER | {"role": "Astronaut", "sequence": 2}
        drafted({"site": keepers.site, "amount_from": 5000, "steps": [hasty, nobody]}, amount_to=Decimal(60))

        page = words(as_("reader").get("/authority/2/check/"))

        assert "Nobody answers: Requests, from 60 to below 100." in page
        assert "Nobody fills the role Astronaut" in page
        assert "Rules 2 and 3 ask Branch manager differently." in page

    def test_what_is_whole_is_said_to_be(self, keepers: Scene, as_) -> None:
        assert "Every amount of every document has an answer, and no rules disagree." in words(
            as_("reader").get("/authority/1/check/")
        )


class TestCompare:
    def test_shows_only_what_differs_in_words(self, keepers: Scene, as_, drafted) -> None:
        drafted({"site": keepers.site, "amount_from": 5000, "steps": [MANAGER]}, auto_approve_cap=Decimal(50))

        page = words(as_("reader").get("/authority/2/compare/"))

        assert "passes by itself up to: 100 → 50" in page
        assert "at Rotterdam" in page
        assert "from 100:" not in page

    def test_a_copy_does_not_differ(self, keepers: Scene, as_, drafted) -> None:
        drafted()

        assert "No rule differs." in words(as_("reader").get("/authority/2/compare/"))


class TestGrid:
    ROWS = (
        {"number": "1", "amount_to": "250", "auto_approve_cap": "250", "was": "1"},
        {"number": "2", "amount_from": "250", "steps": "1 Branch manager (entity, 8 h)", "was": "2"},
        {"document_kind": "requisition", "site": "RTM", "amount_from": "5,000", "urgency": "Urgent, emergency",
         "steps": "1 Branch manager (entity); 2 AP lead (entity, all, 16 h)"},
    )  # fmt: skip

    def row(self, given: dict[str, str]) -> dict[str, str]:
        return {(f"{name}_id" if name in ("site", "entity") else name): value for name, value in given.items()}

    def sent(self, *rows: dict[str, str], do: str = "save") -> dict[str, Any]:
        return table(*(self.row(row) for row in rows or self.ROWS), do=do)

    def test_looking_says_what_it_would_do_and_writes_nothing(self, keepers: Scene, as_, drafted) -> None:
        draft = drafted()

        answer = as_("author").post("/authority/2/edit/", verb(draft, **self.sent(do="look")))

        page = words(answer)
        assert answer.status_code == 200
        assert "What saving would change; nothing is written yet" in page
        assert "amount below: 100 → 250" in page
        assert "Requests at Rotterdam from EUR 5,000 when urgency urgent or emergency" in page
        assert [row.amount_to for row in rules(draft)] == [Decimal(100), None]

    def test_saving_writes_the_draft_alone(self, keepers: Scene, as_, drafted) -> None:
        draft = drafted()

        answer = as_("author").post("/authority/2/edit/", verb(draft, **self.sent()))

        assert answer.status_code == 303, words(answer)
        saved = rules(draft)
        assert [row.number for row in saved] == [1, 2, 3]
        assert (saved[2].site_id, saved[2].amount_from, saved[2].urgency) == (
            keepers.site.pk, Decimal(5000), ["urgent", "emergency"],
        )  # fmt: skip
        assert saved[2].steps[1] == {"sequence": 2, "role": "AP lead", "at": "entity", "mode": "all", "sla_hours": 16}
        assert [row.amount_to for row in rules(active())] == [Decimal(100), None]

    def test_what_is_shown_can_be_sent_back_unchanged(self, keepers: Scene, as_, drafted) -> None:
        draft = drafted({"site": keepers.site, "category": keepers.category, "cost_center": keepers.cost_center,
                         "entity": keepers.entity, "amount_from": Decimal("12.5"), "supplier_risk": ["high"],
                         "steps": [MANAGER | {"mode": "2"}], "note": "By hand"})  # fmt: skip
        before = rules(draft)
        shown = grid.shown(before, grid.Names.of(before))
        sent = table(*({**row.texts, "was": row.was} for row in shown), do="look")

        answer = as_("author").post("/authority/2/edit/", verb(draft, **sent))

        assert answer.status_code == 200
        assert "No rule differs." in words(answer)

    def test_what_cannot_be_read_stays_and_is_named(self, keepers: Scene, as_, drafted) -> None:
        draft = drafted()
        bad = {"number": "7", "site": "MOON", "amount_from": "lots", "contract": "maybe", "steps": "the boss"}

        answer = as_("author").post("/authority/2/edit/", verb(draft, **self.sent(bad)))

        page = words(answer)
        assert answer.status_code == 422
        for said in (
            "There is no site with the code “MOON”",
            "“lots” is no amount",
            "There is no “maybe”",
            "“the boss”",
        ):
            assert said in page
        assert 'value="lots"' in answer.content.decode()
        assert len(rules(draft)) == 2

    def test_a_rule_that_cannot_be_is_refused_with_what_was_typed(self, keepers: Scene, as_, drafted) -> None:
        draft = drafted()

        empty = {"number": "9", "amount_from": "10", "amount_to": "10", "steps": "1 Branch manager (entity)"}
        answer = as_("author").post("/authority/2/edit/", verb(draft, **self.sent(empty)))

        assert answer.status_code == 409
        assert "Rule 9 ends where it begins" in words(answer)
        assert 'value="1 Branch manager (entity)"' in answer.content.decode()

    def test_rules_outside_the_grid_stay(self, keepers: Scene, as_, drafted) -> None:
        draft = drafted()

        as_("author").post("/authority/2/edit/", verb(draft, **self.sent(self.ROWS[0])))

        assert [row.number for row in rules(draft)] == [1, 2]

    def test_a_published_version_never_changes(self, keepers: Scene, as_) -> None:
        answer = as_("author").post("/authority/1/edit/", verb(active(), **self.sent()))

        assert answer.status_code == 409
        assert "A published version never changes." in words(answer)


class TestPublish:
    def test_says_first_what_it_does(self, keepers: Scene, as_, drafted) -> None:
        drafted(auto_approve_cap=Decimal(50), amount_to=Decimal(60))

        page = words(as_("publisher").get("/authority/2/publish/"))

        assert "Version 1 is superseded. Requests that are under way keep it." in page
        assert "Nobody answers: Requests, above 50, up to 60." in page or "Nobody answers: Requests, above 50" in page
        assert active().number == 1

    def test_needs_to_be_seen_and_then_is_in_force(self, keepers: Scene, as_, drafted) -> None:
        draft = drafted()

        unseen = proven(as_("publisher")).post("/authority/2/publish/", verb(draft))
        done = proven(as_("publisher")).post("/authority/2/publish/", verb(draft, seen_all="on"))

        assert (unseen.status_code, done.status_code) == (422, 303)
        assert (active().number, active().publisher) == (2, keepers.people["publisher"])

    def test_who_wrote_the_rules_is_refused_and_knows_before(self, keepers: Scene, as_, drafted) -> None:
        draft = drafted()
        as_("publisher").post("/authority/2/edit/", verb(draft, **TestGrid().sent()))

        page = words(as_("publisher").get("/authority/2/publish/"))
        answer = proven(as_("publisher")).post("/authority/2/publish/", verb(draft, seen_all="on"))

        assert "You wrote on these rules. Somebody else publishes them." in page
        assert answer.status_code == 409
        assert "Who wrote the rules does not publish them." in words(answer)
        assert active().number == 1

    def test_without_four_eyes_the_author_would_publish(
        self, keepers: Scene, as_, drafted, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The twin of the test above."""
        draft = drafted()
        as_("publisher").post("/authority/2/edit/", verb(draft, **TestGrid().sent()))
        monkeypatch.setattr(queries, "wrote", lambda *_asked: False)

        assert proven(as_("publisher")).post("/authority/2/publish/", verb(draft, seen_all="on")).status_code == 303


class TestTryOut:
    def facts(self, scene: Scene, **more: object) -> dict[str, object]:
        return {"kind": "requisition", "entity": scene.entity.pk, "site": scene.site.pk, "amount": "5000", **more}

    def test_shows_the_route_with_its_people_and_rules(self, keepers: Scene, as_) -> None:
        page = words(as_("reader").get("/authority/1/try/", self.facts(keepers)))

        assert "Branch manager NL01 · 8 h Manager rule 2" in page

    def test_says_when_nobody_is_asked(self, keepers: Scene, as_) -> None:
        page = words(as_("reader").get("/authority/1/try/", self.facts(keepers, amount="99")))

        assert "it passes by itself" in page

    def test_says_why_another_rule_took_no_part(self, keepers: Scene, as_) -> None:
        page = words(as_("reader").get("/authority/1/try/", self.facts(keepers, why_not=1)))

        assert "amount 5,000.00, not from 0.00 to below 100.00" in page

    def test_a_gap_is_told(self, keepers: Scene, as_, drafted) -> None:
        drafted(amount_to=Decimal(60), auto_approve_cap=Decimal(60))

        page = words(as_("reader").get("/authority/2/try/", self.facts(keepers, amount="70")))

        assert "No rule says who approves" in page

    def test_nonsense_is_told_and_kept(self, keepers: Scene, as_) -> None:
        answer = as_("reader").get("/authority/1/try/", self.facts(keepers, amount="much"))

        assert answer.status_code == 422
        assert 'value="much"' in answer.content.decode()


class TestDelegations:
    SPAN = {"starts_at": "2026-03-02T08:00", "ends_at": "2026-03-09T08:00", "reason": "Holiday"}

    def lend(self, scene: Scene, client: Any, **more: object) -> Any:
        given = {"key": key(), "taker": scene.people["buyer"].pk, "kinds": ["requisition"], "cap": "2500", **self.SPAN}
        return client.post("/delegations/lend/", given | more)

    def test_lending_reaches_both(self, scene: Scene, as_) -> None:
        answer = self.lend(scene, as_("manager"))

        loan = Delegation.objects.get()
        assert answer.status_code == 303
        assert (loan.giver, loan.taker, loan.kinds, loan.cap) == (
            scene.people["manager"], scene.people["buyer"], ["requisition"], Decimal(2500),
        )  # fmt: skip
        assert "Holiday" in words(as_("manager").get("/delegations/"))
        assert "Holiday" in words(as_("buyer").get("/delegations/"))
        assert "Holiday" not in words(as_("clerk").get("/delegations/"))

    def test_for_others_only_with_the_right(self, keepers: Scene, as_) -> None:
        manager = keepers.people["manager"]
        self.lend(keepers, as_("clerk"), giver=manager.pk)
        self.lend(keepers, as_("publisher"), giver=manager.pk)

        givers = set(Delegation.objects.values_list("giver__name", flat=True))
        assert givers == {"Clerk", "Manager"}  # the clerk lent his own, whatever he typed

    def test_a_refusal_keeps_what_was_typed(self, scene: Scene, as_) -> None:
        answer = self.lend(scene, as_("manager"), ends_at="2026-02-01T08:00", reason="Long story")

        assert answer.status_code == 409
        assert "The end must lie after the beginning" in words(answer)
        assert 'value="Long story"' in answer.content.decode()

    def test_ends_at_once(self, scene: Scene, as_) -> None:
        self.lend(scene, as_("manager"))
        loan = Delegation.objects.get()

        foreign = as_("clerk").post(f"/delegations/{loan.pk}/end/", {"key": key(), "seen": loan.version})
        own = as_("buyer").post(f"/delegations/{loan.pk}/end/", {"key": key(), "seen": loan.version})

        assert (foreign.status_code, own.status_code) == (404, 303)
        assert fresh(loan).ended_at is not None

    def test_costs_few_queries(self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        for _n in range(3):
            self.lend(scene, as_("manager"))
        client = as_("manager")
        with django_assert_max_num_queries(12):
            client.get("/delegations/")


class TestApi:
    def send(self, client: Any, at: str, **body: object) -> Any:
        return client.post(at, body, "application/json", headers={"Idempotency-Key": key()})

    def test_reads_versions_and_publishes_one(self, keepers: Scene, as_, drafted) -> None:
        draft = drafted()

        shown = as_("reader").get("/api/v1/authority/1/").json()
        refused = self.send(as_("author"), "/api/v1/authority/2/publish/", version=draft.version)
        done = self.send(proven(as_("publisher")), "/api/v1/authority/2/publish/", version=draft.version)

        assert [rule["what"] for rule in shown["rules"]] == ["Any document below 100", "Any document from 100"]
        assert (refused.status_code, done.status_code) == (403, 200), done.content
        assert active().number == 2

    def test_lends_and_ends(self, scene: Scene, as_) -> None:
        span = {"starts_at": "2026-03-02T08:00:00Z", "ends_at": "2026-03-09T08:00:00Z", "reason": "Holiday"}
        made = self.send(as_("manager"), "/api/v1/delegations/", taker=scene.people["buyer"].email, **span)
        at = f"/api/v1/delegations/{made.json().get('id')}/"

        assert made.status_code == 201, made.content
        assert as_("clerk").get(at).status_code == 404
        assert self.send(as_("clerk"), f"{at}end/", version=made.json()["version"]).status_code == 404
        assert len(as_("buyer").get("/api/v1/delegations/").json()["results"]) == 1
        assert self.send(as_("buyer"), f"{at}end/", version=made.json()["version"]).status_code == 200

    def test_nobody_lends_what_is_anothers(self, scene: Scene, as_) -> None:
        span = {"starts_at": "2026-03-02T08:00:00Z", "ends_at": "2026-03-09T08:00:00Z", "reason": "Holiday"}
        people = {"giver": scene.people["manager"].email, "taker": scene.people["clerk"].email}

        assert self.send(as_("clerk"), "/api/v1/delegations/", **people, **span).status_code == 403
        assert not Delegation.objects.exists()
