"""Where else the distributor is at work when it is bigger than the demo, and who works there."""

from collections.abc import Iterator
from itertools import islice, product
from random import Random
from typing import Any

from organization.items.models import Category
from organization.sites.models import Site
from world.trade.names import FAMILY, GIVEN
from world.trade.people import PEOPLE, Somebody

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
TOWNS = {
    "NL01": [
        "Alkmaar",
        "Amersfoort",
        "Arnhem",
        "Deventer",
        "Groningen",
        "Haarlem",
        "Leeuwarden",
        "Maastricht",
        "Nijmegen",
        "Tilburg",
    ],
    "UK01": ["Cardiff", "Exeter", "Glasgow", "Ipswich", "Leicester", "Norwich", "Plymouth", "Swansea"],
    "DE01": ["Augsburg", "Bremen", "Chemnitz", "Dresden", "Erfurt", "Kassel", "Leipzig", "Mainz", "Rostock"],
    "BE01": ["Brugge", "Charleroi", "Hasselt", "Leuven"],
    "FR01": ["Amiens", "Bordeaux", "Dijon", "Nantes", "Orléans"],
    "IE01": ["Sligo", "Waterford"],
}
"""Where further branches open, one after the other."""
CROWD = {"Requester": ("Technician", 14), "Receiver": ("Goods receiver", 3),
         "Customer service": ("Counter clerk", 3)}  # fmt: skip
"""What further staff of a branch does, and how much of it there is."""
BANDS = [(200, 500), (500, 900), (900, 2_000), (2_000, 4_500), (7_500, 20_000), (20_000, 60_000)]
BY_SITE = [("Branch manager", "Branch manager"), ("Requester", "Maintenance planner")]
BY_ENTITY = [
    ("Controller", "Controller"), ("Buyer", "Senior buyer"), ("Buyer", "Buyer"), ("Planner", "Inventory planner"),
    ("Warehouse supervisor", "Warehouse lead"), ("Receiver", "Goods receiver"),
    ("Customer service", "Customer service"), ("Accounts payable", "Accounts payable clerk"),
]  # fmt: skip


def sites(wanted: int) -> list[tuple[str, str, str, str, str, int]]:
    """The named ones, and as many further branches as make so many."""
    towns = [(owner, town) for owner, some in TOWNS.items() for town in some][: max(0, wanted - len(SITES))]
    further = [
        (f"{owner[0]}{town[:2].upper()}{number:02d}", f"Branch {town}", owner, town, f"Trade park {number}", 2)
        for number, (owner, town) in enumerate(towns, start=1)
    ]
    return [*SITES, *further]


def people(random: Random, taken: set[str], places: list[Site]) -> Iterator[Somebody]:
    """The staff of the other entities and sites."""
    staffed = {somebody.where for somebody in PEOPLE}
    for site in places:
        for role, title in BY_SITE if site.code not in staffed else []:
            yield Somebody(_nobody(random, taken), f"{title} {site.city}", site.code, (role,))
    for code, *_said in ENTITIES:
        for role, title in BY_ENTITY:
            roles = (role, "Quality inspector") if role == "Warehouse supervisor" else (role,)
            yield Somebody(_nobody(random, taken), title, code, roles)


def crowd(random: Random, taken: set[str], places: list[Site], wanted: int) -> Iterator[Somebody]:
    """So many more, spread over the sites."""
    weights = [share for _title, share in CROWD.values()]
    for number in range(max(0, wanted)):
        site = places[number % len(places)]
        role = random.choices(list(CROWD), weights=weights)[0]
        yield Somebody(_nobody(random, taken), f"{CROWD[role][0]} {site.city}", site.code, (role,))


def rules(
    wanted: int, places: list[Site], categories: list[Category], steps: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """So many narrow rules: what a branch wants to be asked about a part of the range, band by band."""
    chosen = islice(product(BANDS, places, categories), max(0, wanted))
    for number, ((low, high), site, category) in enumerate(chosen):
        yield {
            "document_kind": "requisition",
            "site": site,
            "category": category,
            "amount_from": low,
            "amount_to": high + 10 * (number % 7),
            "steps": steps[: 1 + (low > 5_000)],
            "note": f"{category.name} for {site.city}.",
        }


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
