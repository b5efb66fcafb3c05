"""Suppliers, whom to write to there, what they sell at which prices, and what was agreed for a year."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice

from fido2 import cbor
from fido2.utils import websafe_encode

from foundation.door import deciding, verb
from foundation.door.births import bear
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.numbering import actions as numbering
from foundation.values.actor import Actor
from organization.parties.models import Party
from organization.people.models import Person, PortalPasskey, TrustedDevice
from suppliers.contracts.models import Contract, ContractKind, ContractLine
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from suppliers.suppliers import actions as suppliers
from suppliers.suppliers.models import Channel, Contact, Risk, Supplier
from world.events import Founded
from world.masters.staff import give_passwords
from world.scene import WORLD, Scene, batches, money
from world.trade import firms, names

CHANNELS = {Channel.PORTAL: 45, Channel.LINK: 25, Channel.EDI: 15, Channel.API: 10, Channel.FILE: 5}
RISKS = {Risk.LOW: 78, Risk.MEDIUM: 18, Risk.HIGH: 4}
PER_EURO = {"EUR": 1.0, "GBP": 0.86, "USD": 1.08}
"""Roughly, for price lists."""
BLANKETS = 2
DESK_KEY = bytes.fromhex(
    "428bd63b15ef50424d06b39b9db98d4e4144031c7ec9b3f0ad1dd7a4352fdaa8"
    "a98f9bf5d42b8266a061422f8fe45da005f077e0cafcc4ee71090cbaa43fbe4b"
)
"""A point of P-256 whose private half was thrown away: the passkey is seen in the demo, and opens nothing."""
TERMS = ["30 days net", "30 days net", "45 days net", "60 days net", "14 days 2 %, 30 net"]


def found(scene: Scene) -> None:
    drawn = list(islice(firms.suppliers(scene.random), scene.scale.suppliers))
    parties = Party.objects.bulk_create(_party(firm, 1000 + number) for number, firm in enumerate(drawn))
    rows = [
        _supplier(scene, party, firm, 10001 + n) for n, (party, firm) in enumerate(zip(parties, drawn, strict=True))
    ]
    said = {"by": WORLD, "at": scene.founding}
    bear(rows, lambda row: Founded(subject=row.subject, what=str(row)), key=scene.key(), **said)
    for supplier, firm in zip(rows, drawn, strict=True):
        scene.suppliers.append(suppliers.activate(supplier=supplier, seen=supplier.version, key=scene.key(), **said))
        scene.trades[supplier.pk] = firm.trade
    _contacts(scene)
    _offers(scene)
    _contracts(scene)


def _party(firm: firms.Firm, number: int) -> Party:
    return Party(name=firm.name, country=firm.country, city=firm.city, address=firm.street, gln=firms.gln(number))


def _supplier(scene: Scene, party: Party, firm: firms.Firm, number: int) -> Supplier:
    random = scene.random
    return Supplier(
        party=party,
        number=f"S{number}",
        currency=firm.currency,
        payment_terms=random.choice(TERMS),
        incoterm=random.choice(["DAP", "DAP", "DDP", "FCA", "EXW"]),
        channel=scene.draw(CHANNELS),
        risk=scene.draw(RISKS),
        confirms_within_hours=random.choice([24, 48, 48, 72]),
        deemed_accepted_after_days=random.choice([None, None, 5]),
        lead_time_days=random.choice([3, 5, 7, 10, 14, 21]),
        quantity_percent=Decimal(random.choice([0, 2, 5])),
        price_percent=Decimal(random.choice([0, 0, 1])),
        days_early=random.choice([2, 3, 5]),
        days_late=random.choice([0, 1, 2]),
    )


def _contacts(scene: Scene) -> None:
    """A contact for orders at each, and somebody who signs in to the portal."""
    people = []
    for supplier in scene.suppliers:
        name = names.person(scene.random)
        address = f"{name.lower().replace(' ', '.')}@s{supplier.number[1:]}.example"
        phone = f"+49 40 555 {supplier.number[-4:]}"
        Contact.objects.create(supplier=supplier, name=name, email=address, phone=phone, added_at=scene.founding)
        people.append(
            Person(
                email=address,
                name=name,
                kind=Person.OF_SUPPLIER,
                party=supplier.party,
                title="Order desk",
                let_in_at=scene.founding,
            )
        )
    for person in Person.objects.bulk_create(people):
        scene.portal[person.party_id] = person
    give_passwords(scene.portal.values())
    _ways_in(scene)


def _ways_in(scene: Scene) -> None:
    """One order desk signs in with a passkey and has given a code on a phone; the others come by link or password."""
    who = list(scene.portal.values())[1]
    used = scene.until - timedelta(hours=20)
    PortalPasskey.objects.create(
        person=who,
        credential=websafe_encode(DESK_KEY[:16]),
        public_key=cbor.encode({1: 2, 3: -7, -1: 1, -2: DESK_KEY[:32], -3: DESK_KEY[32:]}),
        uses=41,
        name="Windows PC of the order desk",
        added_at=used - timedelta(days=24),
        last_used_at=used,
    )
    TrustedDevice.objects.create(
        token_hash=DESK_KEY.hex()[:64],
        person=who,
        label="Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1",
        trusted_at=used,
        expires_at=used + timedelta(days=90),
    )


def _offers(scene: Scene) -> None:
    """One to three sellers an item, the first preferred; a price list with breaks at each."""
    by_trade: dict[str, list[Supplier]] = {}
    for supplier in scene.suppliers:
        by_trade.setdefault(scene.trades[supplier.pk], []).append(supplier)
    rows, factors = [], []
    for item in scene.items:
        family = scene.notes["families"][item.pk]
        sellers = by_trade.get(family.category[:3]) or scene.suppliers
        chosen = scene.random.sample(sellers, min(len(sellers), scene.random.choice([1, 2, 2, 3])))
        unit, size = family.packs[0] if family.packs else (family.unit, 1)
        for rank, supplier in enumerate(chosen):
            row = SupplierItem(
                supplier=supplier,
                item=item,
                supplier_sku=f"{supplier.party.name[:2].upper()}{scene.random.randint(10000, 99999)}",
                unit=scene.units[unit],
                numerator=size,
                minimum=Decimal(scene.random.choice([1, 1, 1, 2, 5])),
                lead_time_days=supplier.lead_time_days,
                currency=supplier.currency,
                is_preferred=rank == 0,
            )
            rows.append(row)
            factors.append(size * scene.random.uniform(0.88, 1.06) * (1 + 0.04 * rank))
    for part in batches(list(zip(rows, factors, strict=True))):
        bear((row for row, _price in part), _offered, by=WORLD, at=scene.founding, key=scene.key())
        PriceBreak.objects.bulk_create(
            PriceBreak(
                supplier_item=row,
                quantity_from=Decimal(start),
                price=_price(row, price * cheaper, "0.01"),
                valid_from=scene.founding.date(),
            )
            for row, price in part
            for start, cheaper in ((0, 1.0), (10, 0.95), (50, 0.9))
        )
    for row in rows:
        scene.offers.setdefault(row.item_id, []).append(row)


def _contracts(scene: Scene) -> None:
    """A third of the suppliers have a yearly contract with each entity for the items they are preferred for."""
    preferred: dict[int, list[SupplierItem]] = {}
    for offers in scene.offers.values():
        preferred.setdefault(offers[0].supplier_id, []).append(offers[0])
    alone: list[Supplier] = []
    for supplier in scene.suppliers:
        sold = preferred.get(supplier.pk, [])
        if not sold or not scene.chance(0.4):
            alone.append(supplier)
            continue
        for entity in scene.entities.values():
            contract = Contract(
                number=numbering.take("CON", entity.code, scene.founding.date()),
                title=f"{supplier.party.name} yearly agreement",
                supplier=supplier,
                entity=entity,
                currency=supplier.currency,
                starts_on=scene.founding.date(),
                ends_on=scene.today + timedelta(days=scene.random.choice([12, 40, 160, 300])),
                ceiling_amount=Decimal(scene.random.choice([60_000, 120_000, 250_000])),
            )
            agree(contract=contract, lines=_lines(scene, contract, sold), by=WORLD, at=scene.founding, key=scene.key())
    for supplier in [one for one in alone if preferred.get(one.pk)][:BLANKETS]:
        _blanket(scene, supplier, preferred[supplier.pk])


def _blanket(scene: Scene, supplier: Supplier, sold: list[SupplierItem]) -> None:
    """A blanket order that the story's releases do not use up: something is left of it on the last day."""
    entity = next(iter(scene.entities.values()))
    contract = Contract(
        number=numbering.take("CON", entity.code, scene.founding.date()),
        title=f"{supplier.party.name} blanket order",
        kind=ContractKind.BLANKET,
        supplier=supplier,
        entity=entity,
        currency=supplier.currency,
        starts_on=scene.founding.date(),
        ends_on=scene.today + timedelta(days=200),
        ceiling_amount=Decimal(80_000),
    )
    lines = [
        ContractLine(
            contract=contract,
            item_id=offer.item_id,
            price=_price(offer, 0.85, "0.0001"),
            ceiling_quantity=Decimal(2_000),
        )
        for offer in sold[:12]
    ]
    agree(contract=contract, lines=lines, by=WORLD, at=scene.founding, key=scene.key())


@verb
def agree(*, contract: Contract, lines: list[ContractLine], by: Actor, at: datetime, key: str) -> Contract:
    """Write a contract down and put it in force."""
    with deciding(contract, by=by, key=key) as contract:
        ContractLine.objects.bulk_create(lines)
        move(contract.activate)
        journal.record(Founded(subject=contract.subject, what=str(contract)), at=at)
    return contract


def _lines(scene: Scene, contract: Contract, sold: list[SupplierItem]) -> list[ContractLine]:
    return [
        ContractLine(
            contract=contract,
            item_id=offer.item_id,
            price=_price(offer, scene.random.uniform(0.78, 0.92), "0.0001"),
            ceiling_quantity=None,
        )
        for offer in sold
        if scene.chance(0.7)
    ]


def _offered(row: SupplierItem) -> Founded:
    return Founded(subject=row.subject, what=f"{row.supplier_sku} {row.item.sku}")


def _price(offer: SupplierItem, factor: float, places: str) -> Decimal:
    """In the supplier's currency, never nothing."""
    worth = float(offer.item.standard_price) * factor * PER_EURO[offer.currency]
    return max(money(worth, places), Decimal(places))
