"""A supplier's system reads its orders and answers them; of anybody else's there is nothing."""

import pytest
from django.core.cache import cache

from finance.invoices.models import Invoice
from foundation.journal.relay import drain
from integration.supplier_api import api
from procurement.confirmations.models import Confirmation
from procurement.orders.models import PurchaseOrder
from receiving.notices.models import ShipNotice
from suppliers.submissions.models import Submission
from tests.integration.clients.systems import Caller
from tests.scene import Scene, branch, fresh, key

NOTICE = {
    "number": "DN-1", "ships_on": "2026-03-12", "arrives_on": "2026-03-14",
    "lines": [{"line": 1, "quantity": "60", "lot": "L-26"}],
}  # fmt: skip
BILL = {
    "number": "R-1", "date": "2026-03-02", "total": "200",
    "lines": [{"line": 1, "quantity": "100", "price": "200", "price_basis": "100"}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _uncounted(db):
    cache.clear()


@pytest.fixture
def system(scene: Scene, order: PurchaseOrder) -> Caller:
    return Caller.of(scene.supplier)


def of(order: PurchaseOrder) -> str:
    return f"supplier/orders/{order.public_id}/"


def test_reads_its_orders_as_they_were_issued(system, order):
    (listed,) = system.get("supplier/orders/").json()["results"]
    assert (listed["id"], listed["number"], listed["content"]) == (str(order.public_id), order.number, {})

    content = system.get(of(order)).json()["content"]

    assert content == system.get(f"{of(order)}revisions/1/").json()
    assert (content["kind"], content["lines"][0]["quantity"], content["lines"][0]["unit"]) == ("order", "100", "EA")
    assert not {"note", "requests", "cost_center", "buyer"} & content.keys()
    assert system.get(f"{of(order)}revisions/9/").status_code == 404


def test_what_it_says_becomes_what_the_portal_would_have_sent(system, order):
    lines = [{"line": 1, "code": "changed", "price": "2.01", "schedule": [{"quantity": 100, "on": "2026-03-16"}]}]
    said = {"revision": 1, "code": "changed", "reference": "SO-9", "lines": lines}
    under = key()

    first, again = (system.post(f"{of(order)}confirmations/", said, under=under) for _ in range(2))
    shipped = system.post(f"{of(order)}ship-notices/", NOTICE)
    billed = system.post(f"{of(order)}invoices/", BILL)
    drain()

    assert (first.status_code, first.json()["id"]) == (201, again.json()["id"]), first.json()
    became = system.get(f"supplier/submissions/{first.json()['id']}/").json()
    assert (became["status"], became["channel"], became["said"]["lines"]) == (
        "applied", "api", [{"line": 1, "price": "2.01", "quantity": "100", "on": "2026-03-16"}])  # fmt: skip
    assert Confirmation._base_manager.get().order == order
    assert fresh(order).supplier_reference == "SO-9"
    assert (shipped.status_code, ShipNotice._base_manager.get().reference) == (201, "DN-1"), shipped.json()
    assert (billed.status_code, Invoice._base_manager.get().total_amount) == (201, 200), billed.json()
    assert [one["status"] for one in system.get("supplier/submissions/").json()["results"]] == ["applied"] * 3
    other = system.post(f"{of(order)}confirmations/", said | {"reference": "SO-10"}, under=under)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


@pytest.mark.parametrize(
    ("path", "said", "status", "sentence"),
    [
        ("confirmations", {"code": "accepted"}, 400, "revision"),
        ("confirmations", {"revision": 1, "code": "maybe"}, 400, "code"),
        ("confirmations", {"revision": 1, "code": "accepted", "supplier": 4}, 400, "no such field"),
        ("confirmations", {"revision": 1, "code": "changed", "lines": [{"line": 7}]}, 409, "has no line 7"),
        ("confirmations", {"revision": 1, "code": "changed", "currency": "USD", "lines": [{"line": 1}]}, 409, "USD"),
        ("ship-notices", NOTICE | {"lines": [{"line": 1, "quantity": "1e9"}]}, 400, "digits like"),
        ("ship-notices", NOTICE | {"lines": [{"line": 1, "quantity": "6", "unit": "CS"}]}, 409, "ordered in EA"),
        ("invoices", BILL | {"total": "NaN"}, 400, "digits like"),
        ("invoices", BILL | {"total": "300"}, 409, "300"),
    ],
)  # fmt: skip
def test_what_cannot_be_booked_is_said_at_once_and_not_kept(system, order, path, said, status, sentence):
    answer = system.post(f"{of(order)}{path}/", said)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert sentence in " ".join(answer.json()["reasons"])
    assert not Submission._base_manager.exists()


class TestOfOthers:
    """Supplier A never learns anything of supplier B, not even existence."""

    def answers(self, scene: Scene, order: PurchaseOrder) -> list[tuple[int, str]]:
        stranger = Caller.of(branch(scene, "DE").supplier)
        calls = [stranger.get(of(order)), stranger.get(f"{of(order)}revisions/1/")]
        calls += [stranger.post(f"{of(order)}{path}/", said) for path, said in
                  (("confirmations", {"revision": 1, "code": "accepted"}), ("ship-notices", NOTICE), ("invoices", BILL))]  # fmt: skip
        return [(one.status_code, one.content.decode()) for one in calls]

    def test_there_is_nothing(self, scene, order):
        missing = Caller.of(scene.supplier).get("supplier/orders/00000000-0000-4000-8000-000000000000/")
        found = self.answers(scene, order)
        assert {status for status, _ in found} == {404}
        assert {text for _, text in found} == {missing.content.decode()}
        assert not Submission._base_manager.exists()

    def test_twin_without_the_fence_finds_it(self, scene, order, monkeypatch):
        everywhere = lambda *_: PurchaseOrder.objects.everywhere(because="the twin")  # noqa: E731
        monkeypatch.setattr(api.Orders, "rows", everywhere)
        monkeypatch.setattr(api.Orders, "mine", lambda self, public_id: everywhere().get(public_id=public_id))
        assert 200 in {status for status, _ in self.answers(scene, order)}


def test_a_scope_that_was_not_asked_for_is_missed(scene, order):
    reader = Caller.of(scene.supplier, ["orders:read"])
    refused = reader.post(f"{of(order)}confirmations/", {"revision": 1, "code": "accepted"})
    assert (refused.status_code, refused["WWW-Authenticate"]) == (
        403, 'Bearer error="insufficient_scope", scope="confirmations:write"')  # fmt: skip
    writer = Caller.of(scene.supplier, ["confirmations:write"])
    assert writer.get(of(order)).status_code == 403
    assert writer.post(f"{of(order)}confirmations/", {"revision": 1, "code": "accepted"}).status_code == 201


def test_a_token_opens_nothing_of_the_back_office(system, order):
    for path in ("orders/", f"orders/{order.number}/", "deliveries/", "invoices/"):
        assert system.get(path).status_code == 401, path
    assert Caller("cs_nothing").get("supplier/orders/").status_code == 401


def test_is_described_with_the_words_of_the_glossary():
    from foundation.rest.views import schema

    described = schema(None)
    assert "/api/v1/supplier/orders/{public_id}/confirmations/" in described["paths"]
    assert "price_pending" in str(described["components"])
    assert "clientCredentials" in str(described["components"]["securitySchemes"])
