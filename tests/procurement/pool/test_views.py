"""What is to order: the list, the preview, the drafting."""

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from procurement.orders.models import PurchaseOrder
from procurement.requisitions.models import RequisitionLine
from tests.scene import Scene, approve, key, requested


def waiting(scene: Scene, **how: object) -> list[RequisitionLine]:
    request = requested(scene, **how)
    approve(scene, request)
    return list(request.lines.order_by("number"))


def draft(client: Client, lines: list[RequisitionLine], do: str = "draft", **more: object):
    return client.post("/pool/draft/", {"key": key(), "do": do, "line": [line.pk for line in lines], **more})


def orders() -> list[PurchaseOrder]:
    return list(PurchaseOrder._base_manager.order_by("pk"))


class TestList:
    def test_shows_approved_lines_only(self, scene: Scene, as_) -> None:
        [line], unapproved = waiting(scene), requested(scene)

        page = as_("buyer").get("/pool/").content.decode()

        assert line.requisition.number in page
        assert unapproved.number not in page

    def test_costs_few_queries(self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        waiting(scene, items=4)
        client = as_("buyer")
        with django_assert_max_num_queries(8):
            client.get("/pool/")


class TestGroup:
    def test_says_which_orders_and_why_and_writes_nothing(self, scene: Scene, as_) -> None:
        lines = waiting(scene, items=3)
        chosen = [f"{line.pk}:0" for line in lines]

        page = as_("buyer").post("/pool/group/", {"key": key(), "chosen": chosen}).content.decode()

        assert "3 lines share supplier, entity, currency (EUR) and terms." in page
        assert "Draft 1 order" in page
        assert not orders()

    def test_a_line_can_be_split_off(self, scene: Scene, as_) -> None:
        first, second = waiting(scene, items=2)

        page = draft(as_("buyer"), [first, second], "move", **{f"move_{second.pk}": "apart"}).content.decode()

        assert "Draft 2 orders" in page

    def test_a_policy_can_gather_sites(self, scene: Scene, as_) -> None:
        lines = [*waiting(scene), *waiting(scene)]
        RequisitionLine._base_manager.filter(pk=lines[1].pk).update(site=scene.other_site)

        apart = draft(as_("buyer"), lines, "policy").content.decode()
        together = draft(as_("buyer"), lines, "policy", consolidate_sites="on").content.decode()

        assert "Draft 2 orders" in apart
        assert "Draft 1 order" in together


class TestDraft:
    def test_makes_one_order_a_group_that_keeps_the_lines(self, scene: Scene, as_) -> None:
        lines = waiting(scene, items=2)

        page = draft(as_("buyer"), lines).content.decode()

        [order] = orders()
        assert order.number in page
        assert (order.status, order.line_count) == ("approved", 2)

    def test_sent_twice_it_has_one_effect(self, scene: Scene, as_) -> None:
        lines = waiting(scene)
        same = key()
        for _n in range(2):
            draft(as_("buyer"), lines, key=same)

        assert len(orders()) == 1

    def test_can_issue_at_once(self, scene: Scene, as_) -> None:
        draft(as_("buyer"), waiting(scene), issue="1")

        assert orders()[0].status == "issued"

    def test_one_that_is_refused_does_not_stop_the_others(self, scene: Scene, as_) -> None:
        good, homeless = waiting(scene), waiting(scene)
        RequisitionLine._base_manager.filter(pk=homeless[0].pk).update(supplier=None)

        page = draft(as_("buyer"), [*good, *homeless]).content.decode()

        assert len(orders()) == 1
        assert "Pick a supplier for these lines." in page

    def test_lines_that_were_ordered_meanwhile_are_gone(self, scene: Scene, as_) -> None:
        lines = waiting(scene)
        draft(as_("buyer"), lines)

        assert "None of these lines waits any more" in draft(as_("buyer"), lines, "move").content.decode()

    def test_is_for_buyers(self, scene: Scene, as_) -> None:
        assert draft(as_("requester"), waiting(scene)).status_code == 403
        assert not orders()

    def test_nonsense_is_refused_with_a_sentence(self, scene: Scene, as_) -> None:
        client = as_("buyer")
        assert client.post("/pool/draft/", {"key": key(), "line": ["x"]}).status_code == 400
        assert draft(client, waiting(scene), "policy", window_days="9999").status_code == 400
