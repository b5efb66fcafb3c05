"""Where else the distributor is at work when it is bigger than the demo, and who works there."""

from collections.abc import Iterator
from random import Random

from world.trade.names import FAMILY, GIVEN
from world.trade.people import Somebody

ENTITIES = [
    ("DE01", "Veldhuis Deutschland GmbH", "DE", "EUR", "Europe/Berlin", "DE136695976"),
    ("BE01", "Veldhuis België NV", "BE", "EUR", "Europe/Brussels", "BE0411905847"),
    ("FR01", "Veldhuis Fournitures SAS", "FR", "EUR", "Europe/Paris", "FR40303265045"),
    ("IE01", "Veldhuis Ireland DAC", "IE", "EUR", "Europe/Dublin", "IE6433435F"),
]
SITES = [
    ("HAM", "Distribution center Hamburg", "DE01", "Hamburg", "Peutestraße 22", 4),
    ("STR", "Branch Stuttgart", "DE01", "Stuttgart", "Mercedesstraße 31", 2),
    ("ANR", "Branch Antwerp", "BE01", "Antwerp", "Noorderlaan 147", 2),
    ("LIL", "Distribution center Lille", "FR01", "Lille", "Rue du Port 12", 4),
    ("LYS", "Branch Lyon", "FR01", "Lyon", "Rue de Gerland 88", 2),
    ("DUB", "Branch Dublin", "IE01", "Dublin", "Ballymount Road 5", 2),
]
BY_SITE = [("Branch manager", "Branch manager"), ("Requester", "Maintenance planner")]
BY_ENTITY = [
    ("Controller", "Controller"), ("Buyer", "Senior buyer"), ("Buyer", "Buyer"), ("Planner", "Inventory planner"),
    ("Warehouse supervisor", "Warehouse lead"), ("Receiver", "Goods receiver"),
    ("Customer service", "Customer service"), ("Accounts payable", "Accounts payable clerk"),
]  # fmt: skip


def people(random: Random, taken: set[str]) -> Iterator[Somebody]:
    """The staff of the other entities and sites."""
    for code, _name, _owner, city, _address, _docks in SITES:
        for role, title in BY_SITE:
            yield Somebody(_nobody(random, taken), f"{title} {city}", code, (role,))
    for code, *_said in ENTITIES:
        for role, title in BY_ENTITY:
            roles = (role, "Quality inspector") if role == "Warehouse supervisor" else (role,)
            yield Somebody(_nobody(random, taken), title, code, roles)


def _nobody(random: Random, taken: set[str]) -> str:
    """A name that nobody here has yet; a second family name when the single ones are used up."""
    while True:
        name = f"{random.choice(GIVEN)} {random.choice(FAMILY)}"
        if name in taken:
            name = f"{name} {random.choice(FAMILY)}"
        if name in taken:
            name = f"{random.choice(GIVEN)} {name}"
        if name not in taken:
            taken.add(name)
            return name
