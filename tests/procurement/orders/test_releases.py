"""Orders burn a contract down: used, committed, left; a blanket order holds to its ceilings."""

import datetime as dt
from decimal import Decimal

import pytest

from foundation.lifecycles import Refused
from governance.cases.models import Case
from procurement.orders import releases
from suppliers.contracts import actions as contracts
from suppliers.contracts import queries
from suppliers.contracts.actions import Agreed
from tests.pages import signed_in, words
from tests.receiving import steps
from tests.scene import NOW, SETUP, TODAY, fresh, give, key, ordered


def agreed(scene, *, kind="prices", ceiling=Decimal(400), most=None, days=100):
    contract = contracts.draft(
        supplier=scene.supplier,
        entity=scene.entity,
        title="Bolts",
        kind=kind,
        currency="EUR",
        starts_on=TODAY - dt.timedelta(days=30),
        ends_on=TODAY + dt.timedelta(days=days),
        agreed=[Agreed(item=scene.items[0], price=Decimal("1.5"), ceiling_quantity=most)],
        ceiling_amount=ceiling,
        by=SETUP,
        at=NOW,
        key=key(),
    )
    return contracts.activate(contract=contract, by=SETUP, at=NOW, seen=contract.version, key=key())


class TestBurn:
    def test_used_committed_and_left_are_the_ceiling(self, scene):
        contract = agreed(scene)
        order = ordered(scene)
        steps.post(scene, steps.count(scene, steps.started(scene, order), 1, 40))
        burn = releases.burn(fresh(contract), on=TODAY)
        assert (burn.ceiling, burn.used, burn.committed, burn.left) == (400, 60, 90, 250)
        assert burn.used_up_on == TODAY + dt.timedelta(days=50)  # 150 in 30 days, so 5 a day

    def test_is_shown_with_its_releases_and_prices_that_differ(self, scene):
        contract, order = agreed(scene), ordered(scene)
        order.lines.update(price=Decimal(2))
        page = words(signed_in(scene.people["buyer"]).get(f"/panels/contract/{contract.number}/releases/"))
        assert order.number in page
        assert "not the agreed price" in page


class TestBlanket:
    @pytest.mark.parametrize(
        ("ceiling", "most", "why"), [(Decimal(149), None, "in all"), (None, Decimal(99), "too much")]
    )
    def test_nothing_is_released_beyond_its_ceiling(self, scene, ceiling, most, why):
        contract = agreed(scene, kind="blanket", ceiling=ceiling, most=most)
        with pytest.raises(Refused, match=why):
            ordered(scene)
        assert fresh(contract).called_amount == 0

    def test_up_to_it_everything_is(self, scene):
        contract = agreed(scene, kind="blanket", ceiling=Decimal(150), most=Decimal(100))
        assert ordered(scene).status == "issued"
        assert fresh(contract).called_amount == 150

    def test_agreed_prices_only_tell(self, scene):
        agreed(scene, ceiling=Decimal(10))
        assert ordered(scene).status == "issued"


def test_its_end_is_told_before_it_comes(scene):
    contract = agreed(scene, days=60)
    assert [one.pk for one in queries.running_out(TODAY)] == [contract.pk]
    contracts.tell_end(contract=contract, on=TODAY, by=SETUP, at=NOW, key=key())
    with pytest.raises(Refused):
        contracts.tell_end(contract=contract, on=TODAY, by=SETUP, at=NOW, key=key())
    case = Case._base_manager.get(kind="contract")
    contract = fresh(contract)
    contracts.end(contract=contract, reason="Renewed", by=SETUP, at=NOW, seen=contract.version, key=key())
    assert fresh(case).status == "auto_resolved"


class TestReleaseButton:
    def test_begins_a_request_with_what_is_left(self, scene, client):
        contract = agreed(scene, kind="blanket", most=Decimal(150))
        client.force_login(scene.people["requester"])
        give(scene.people["requester"], "Buyer", entity=scene.entity.pk)

        panel = client.get(f"/panels/contract/{contract.number}/releases/").content.decode()
        page = client.get(f"/requests/new/?contract={contract.number}").content.decode()

        assert f"/requests/new/?contract={contract.number}" in panel
        assert f"Release on {contract.number}" in page
        assert 'value="BOLT-6"' in page
        assert "150 EA are left on the contract." in page

    def test_of_a_contract_out_of_sight_nothing_is_told(self, scene, client):
        contract = agreed(scene, kind="blanket")
        client.force_login(scene.people["requester"])

        assert client.get(f"/requests/new/?contract={contract.number}").status_code == 404
