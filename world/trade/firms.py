"""Names of firms that do not exist, in places that do."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

FIRST = [
    "Aldermoor", "Anker", "Bergmann & Falk", "Boskamp", "Brandvold", "Brightwater", "Castelnau", "Corvex", "De Graaf",
    "Dorrit & Sons", "Eikelboom", "Ellesmere", "Falkenried", "Ferrante", "Gietema", "Greyfriars", "Hagenau", "Halden",
    "Hollins", "Iversen", "Jansma", "Kestrel", "Kupers", "Lachmann", "Langeveld", "Marchetti", "Mirotec", "Nordfast",
    "Oakhanger", "Oosterhof", "Ostara", "Pellworm", "Pinecroft", "Quint", "Ravensworth", "Rotavia", "Sandvoort",
    "Sarto", "Stehr", "Stonebridge", "Tessel", "Thornbury", "Ulrichsen", "Van Wessem", "Verhoeven", "Voss", "Wexford",
    "Wolfswinkel", "Yarrow", "Zandbergen",
]  # fmt: skip
TRADES = {
    "FAS": ["Fasteners", "Bolt & Nut", "Bevestiging", "Schrauben"],
    "BRG": ["Bearings", "Lagertechnik", "Lagers"],
    "PTR": ["Drives", "Antriebe", "Transmission"],
    "SAF": ["Safety", "Workwear", "Arbeitsschutz"],
    "ELE": ["Electric", "Elektro", "Cable"],
    "FLU": ["Hydraulics", "Fluid Power", "Pneumatik"],
    "TOO": ["Tools", "Werkzeuge", "Gereedschap"],
    "CHE": ["Lubricants", "Chemie", "Sealants"],
    "PAC": ["Packaging", "Storage", "Verpakking"],
}
PLACES = {
    "NL": (["Almelo", "Breda", "Dordrecht", "Enschede", "Helmond", "Venlo", "Zwolle"], "B.V.", "EUR"),
    "DE": (["Hagen", "Remscheid", "Schweinfurt", "Solingen", "Krefeld", "Aalen"], "GmbH", "EUR"),
    "BE": (["Kortrijk", "Mechelen", "Genk"], "NV", "EUR"),
    "IT": (["Brescia", "Modena", "Lecco"], "S.r.l.", "EUR"),
    "GB": (["Sheffield", "Wolverhampton", "Leeds", "Coventry", "Bolton"], "Ltd", "GBP"),
    "PL": (["Bielsko-Biała", "Rzeszów"], "Sp. z o.o.", "EUR"),
    "FR": (["Roubaix", "Saint-Étienne", "Douai"], "SAS", "EUR"),
    "IE": (["Cork", "Limerick", "Galway"], "Ltd", "EUR"),
    "US": (["Rockford, IL", "Akron, OH"], "Inc.", "USD"),
}
STREETS = [
    "Industrieweg",
    "Station Road",
    "Hafenstraße",
    "Nijverheidslaan",
    "Foundry Lane",
    "Via Artigiani",
    "Kanaaldijk",
]
CUSTOMER_FIRST = [
    "Aurora", "Blackwater", "Calder", "Delta", "Eastgate", "Fenland", "Groningen", "Hanze", "Ijssel", "Kade", "Limburg",
    "Maas", "Northfield", "Orwell", "Pennine", "Randstad", "Severn", "Tyne", "Utrecht", "Veluwe", "Waal", "Yare",
]  # fmt: skip
CUSTOMER_TRADE = [
    "Machine Works", "Food Processing", "Shipyard", "Installations", "Rail Services", "Packaging Lines", "Agri Systems",
    "Steel Construction", "Water Company", "Contractors", "Bakeries", "Print & Paper",
]  # fmt: skip


@dataclass(frozen=True)
class Firm:
    name: str
    country: str
    city: str
    street: str
    currency: str
    trade: str = ""


def suppliers(random: Random, home: str = "") -> Iterator[Firm]:
    """Suppliers without end, no two of one name; trades take turns, so that every category has its own."""
    taken: set[str] = set()
    trades = list(TRADES)
    while True:
        trade = trades[len(taken) % len(trades)]
        country = random.choices(list(PLACES), weights=[14, 12, 4, 4, 10, 2, 2, 1, 1])[0]
        cities, form, currency = PLACES[country]
        base = f"{random.choice(FIRST)} {random.choice(TRADES[trade])}"
        name = f"{base} {form}"
        for number in range(2, 10_000):
            if name not in taken:
                break
            name = f"{base} {number} {form}"
        taken.add(name)
        yield Firm(name, country, random.choice(cities), _street(random), currency, trade)


def customers(random: Random, country: str) -> Iterator[Firm]:
    taken: set[str] = set()
    cities, form, currency = PLACES[country]
    while True:
        base = f"{random.choice(CUSTOMER_FIRST)} {random.choice(CUSTOMER_TRADE)}"
        name = f"{base} {form}"
        for number in range(2, 10_000):
            if name not in taken:
                break
            name = f"{base} {number} {form}"
        taken.add(name)
        yield Firm(name, country, random.choice(cities), _street(random), currency)


def _street(random: Random) -> str:
    return f"{random.choice(STREETS)} {random.randint(1, 180)}"


def check_digit(digits: str) -> str:
    """GS1's: weights 3 and 1 from the right."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def gtin(number: int, level: int = 0) -> str:
    """A GTIN-13 (or for a pack, GTIN-14) under 952, the prefix that GS1 keeps for demonstrations."""
    digits = f"{level or ''}952{number:09d}"
    return digits + check_digit(digits)


def gln(number: int) -> str:
    digits = f"9521{number:08d}"
    return digits + check_digit(digits)
