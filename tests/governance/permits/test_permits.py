"""Leave for what the rules would not allow: asked by other flows, routed by the matrix, and then they go on."""

from decimal import Decimal

import pytest

from finance.invoices.actions import exceptions
from finance.invoices.models import InvoiceLine
from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from fulfillment.shortages import actions as shortages
from governance.approvals import actions as approvals
from governance.approvals import cards
from governance.approvals.models import ApprovalStep
from governance.cases import actions as cases
from governance.cases.models import Case
from governance.permits import actions as permits
from governance.permits.models import Permit
from tests.finance.invoices.test_views import received
from tests.flows.test_requisition_to_stock import billed
from tests.flows.test_short_delivery import put_elsewhere, staff, wants
from tests.receiving import steps
from tests.scene import NOW, SETUP, Scene, approve, fresh, key, ordered


def case_of(kind: str) -> Case:
    rows = Case.objects.everywhere(because="a test").filter(kind=kind)
    return rows.filter(status__in=["open", "in_progress"]).get()


def settle(case: Case, how: str, by, **facts) -> None:
    case = fresh(case)
    cases.resolve(case=case, how=how, facts=facts, by=by, at=NOW, seen=case.version, key=key())


def decide(scene: Scene, kind: str = "approve") -> Permit:
    permit = Permit.objects.latest("pk")
    if kind == "approve":
        approve(scene, permit)
    else:
        step = ApprovalStep.objects.get(request__about=permit.subject, status="active")
        approvals.decide(
            step=step, kind=kind, comment="No", by=scene.manager, at=NOW, seen=fresh(permit).version, key=key()
        )
    drain()
    return fresh(permit)


@pytest.fixture
def differing(scene: Scene):
    """An invoice that asks for 3 instead of 2 a piece: 100 more than agreed."""
    invoice = billed(scene, received(scene), quantity=100, price="3")
    return scene, invoice


class TestPriceException:
    def ask(self, scene: Scene) -> None:
        settle(case_of("invoice_price"), "ask_exception", scene.clerk, reason="The steel surcharge")
        drain()

    def test_is_decided_by_whom_the_matrix_names_and_then_paid(self, differing) -> None:
        scene, invoice = differing
        self.ask(scene)
        assert fresh(invoice).status not in ("matched", "released")

        permit = decide(scene)

        assert (permit.status, permit.amount) == ("granted", 100)
        assert fresh(invoice).status in ("matched", "released")

    def test_the_card_says_what_it_costs_and_why(self, differing) -> None:
        scene, _invoice = differing
        self.ask(scene)

        step = ApprovalStep.objects.select_related("request").get(request__kind="price_exception")
        said = {str(tile.label): str(tile.words) for tile in cards.tiles(step.request.facts)}
        assert said["Why"] == "The steel surcharge"
        assert "100.00" in said["More than agreed"]

    def test_while_it_is_asked_for_no_other_exception_opens(self, differing) -> None:
        scene, invoice = differing
        self.ask(scene)
        exceptions.come_back(permit=Permit.objects.get(), by=SETUP, at=NOW, key=key())

        assert not Case.objects.everywhere(because="a test").filter(about=invoice.subject, status="open").exists()

    def test_not_granted_the_exception_comes_back(self, differing) -> None:
        scene, invoice = differing
        self.ask(scene)
        permit = decide(scene, "reject")

        assert permit.status == "refused"
        assert case_of("invoice_price").about == invoice.subject

    def test_more_than_was_asked_for_is_not_paid_by_it(self, differing) -> None:
        scene, invoice = differing
        self.ask(scene)
        Permit.objects.update(facts={"difference": "99"})

        decide(scene)

        assert fresh(invoice).status not in ("matched", "released")
        assert not InvoiceLine.objects.everywhere(because="a test").filter(is_accepted=True).exists()
        assert case_of("invoice_price").about == invoice.subject

    def test_whoever_asks_does_not_grant(self, differing) -> None:
        scene, _invoice = differing
        settle(case_of("invoice_price"), "ask_exception", scene.clerk, reason="The steel surcharge")
        permit = Permit.objects.get()

        assert permit.requester.actor == scene.clerk
        with pytest.raises(Refused, match="asked for already"):
            permits.ask(
                kind="price_exception", about=fresh(differing[1]), about_title="x", about_url="/", entity=permit.entity,
                site_id=None, amount=Decimal(1), reason="again", by=scene.clerk, at=NOW, key=key(),
            )  # fmt: skip


@pytest.fixture
def short(scene: Scene) -> Scene:
    """Seventy of a hundred came, two customers wait, another site has ten."""
    staff(scene)
    put_elsewhere(scene, 10)
    wants(scene, 100)
    steps.received(scene, ordered(scene, quantity=100), 70)
    drain()
    return scene


class TestExpedite:
    def ask(self, scene: Scene, cost: str = "250") -> None:
        said = {"cost": cost, "at_risk": "1900", "tried": "Utrecht has ten only"}
        settle(case_of("stock_shortage"), "expedite", scene.planner, **said)
        drain()

    def test_shows_cost_against_risk_and_what_was_tried(self, short: Scene) -> None:
        self.ask(short)

        step = ApprovalStep.objects.select_related("request").get(request__kind="expedite")
        said = {str(tile.label): tile for tile in cards.tiles(step.request.facts)}
        assert "250.00" in said["Expediting costs"].words
        assert said["Expediting costs"].tone == "ok"
        assert "1,900.00" in said["Margin and penalty at risk"].words
        assert said["Alternatives"].words == "UTR: 10"
        assert said["Why"].words == "Utrecht has ten only"

    def test_granted_a_buyer_books_it(self, short: Scene) -> None:
        self.ask(short)
        decide(short)

        case = case_of("expedite_granted")
        assert (case.stake, case.owner.actor) == (250, short.buyer)
        settle(case, "booked", short.buyer, reference="DHL 1")

    def test_not_granted_the_shortage_stands_again(self, short: Scene) -> None:
        self.ask(short)
        decide(short, "send_back")

        assert "Expediting was not granted" in case_of("stock_shortage").summary

    def test_what_nobody_needs_to_decide_goes_on_at_once(self, short: Scene) -> None:
        self.ask(short, cost="50")

        assert Permit.objects.get().status == "granted"
        assert case_of("expedite_granted").stake == 50

    @pytest.mark.parametrize("cost", ["a lot", "1,5", "-1", "1e3", ""])
    def test_an_amount_that_cannot_be_read_is_refused(self, short: Scene, cost: str) -> None:
        with pytest.raises(Refused, match="is no amount"):
            self.ask(short, cost=cost)
        assert case_of("stock_shortage")


def test_shortages_say_where_it_is_free(short: Scene) -> None:
    assert shortages.elsewhere(short.site.pk, short.items[0].pk) == [("UTR", Decimal(10))]
