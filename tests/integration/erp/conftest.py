"""A real stand-in ERP in its own process, and documents to send to it."""

import dataclasses
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from integration.canon.invoices import Invoice, InvoiceLine
from integration.canon.orders import Order, OrderLine
from integration.canon.receipts import Receipt, ReceiptLine
from integration.erp.client import ErpClient

ROOT = Path(__file__).resolve().parents[3]


class StandIn:
    """The process, and the addresses that make it misbehave."""

    def __init__(self, store: Path, *options: str) -> None:
        command = [sys.executable, "-m", "integration.erp.standin", "--port", "0", "--store", str(store), *options]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        self.http = httpx.Client(base_url=self.url, trust_env=False, timeout=30)

    def control(self, path, content):
        answer = self.http.post(path, json=content)
        assert answer.status_code == 200, answer.text

    def fault(self, fault, match="*", **more):
        self.control("/faults", [{"fault": fault, "match": match, **more}])

    def effects(self):
        """The reference of every document the ERP posted, as often as it did."""
        found = self.http.get("/effects").json()["documents"]
        return sorted(document["reference"] for document in found if document["status"] == "posted")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.http.close()


@pytest.fixture(scope="session")
def shared_erp(tmp_path_factory):
    erp = StandIn(tmp_path_factory.mktemp("erp") / "erp.db", "--seed", "7")
    yield erp
    erp.kill()


@pytest.fixture
def erp(shared_erp):
    """An empty ERP that asks for keys and has no faults yet."""
    shared_erp.control("/reset", {})
    shared_erp.control("/mode", {"keyed": True})
    return shared_erp


@pytest.fixture
def keyless_erp(erp):
    """An ERP that posts whatever it gets, as often as it gets it."""
    erp.control("/mode", {"keyed": False})
    return erp


@pytest.fixture
def client_for():
    """Make clients that hang up early, so that faults show quickly."""
    made = []

    def make(erp, *, keyed=True, timeout=30.0, settle=None):
        settling = None if settle is None else timedelta(seconds=settle)
        made.append(ErpClient(erp.url, keyed=keyed, timeout=timedelta(seconds=timeout), settle=settling))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(erp, client_for):
    return client_for(erp)


@pytest.fixture
def order():
    line = OrderLine(
        number=1,
        item="10-4711",
        supplier_sku="HX-8",
        description="Hex bolt M8 × 40",
        quantity=Decimal("120"),
        unit="PCS",
        price=Decimal("0.35"),
        amount=Decimal("42"),
        need_by=date(2026, 12, 1),
    )
    return Order(
        number="PO-NL01-2026-000123",
        revision=1,
        entity="NL01",
        site="RTM",
        supplier="S-100",
        cost_center="4100",
        currency="EUR",
        payment_terms="30 days net",
        incoterm="DAP",
        issued_on=date(2026, 11, 20),
        is_cancelled=False,
        amount=Decimal("42"),
        lines=(line,),
    )


@pytest.fixture
def later_revision(order):
    return dataclasses.replace(order, revision=2, payment_terms="60 days net")


@pytest.fixture
def receipt(order):
    line = ReceiptLine(
        number=1,
        order=order.number,
        order_line=1,
        item="10-4711",
        quantity=Decimal("100"),
        unit="PCS",
        stock_status="available",
        lot="",
    )
    return Receipt(
        number="GR-RTM-2026-000001",
        site="RTM",
        supplier="S-100",
        delivery_note="LS 991",
        received_at=datetime(2026, 11, 30, 9, 15, tzinfo=UTC),
        reverses="",
        lines=(line,),
    )


@pytest.fixture
def invoice(order):
    line = InvoiceLine(
        number=1,
        order=order.number,
        description="Hex bolt M8 × 40",
        quantity=Decimal("100"),
        price=Decimal("0.35"),
        amount=Decimal("35"),
        tax_percent=Decimal("21"),
    )
    return Invoice(
        number="INV-NL01-2026-000009",
        supplier_number="2026/771",
        entity="NL01",
        supplier="S-100",
        invoiced_on=date(2026, 11, 30),
        due_on=date(2026, 12, 30),
        currency="EUR",
        net_amount=Decimal("35"),
        tax_amount=Decimal("7.35"),
        amount=Decimal("42.35"),
        lines=(line,),
    )
