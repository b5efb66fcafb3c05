"""Legal entities, sites, calendars, cost centers, units, the category tree, exchange rates."""

from datetime import timedelta
from decimal import Decimal

from foundation.door.births import bear
from organization.calendars.models import Calendar
from organization.currencies.models import ExchangeRate
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category, Unit
from organization.sites.models import Dock, Location, LocationPurpose, Site
from world.events import Founded
from world.scene import WORLD, Scene
from world.trade import firms, goods, growth

ENTITIES = [
    ("NL01", "Veldhuis Technical Supplies B.V.", "NL", "EUR", "Europe/Amsterdam", "NL004495445B01"),
    ("UK01", "Veldhuis Industrial (UK) Ltd", "GB", "GBP", "Europe/London", "GB980780684"),
]
SITES = [
    ("RTM", "Distribution center Rotterdam", "NL01", "Rotterdam", "Waalhaven Zuidzijde 21", 4),
    ("UTR", "Branch Utrecht", "NL01", "Utrecht", "Atoomweg 63", 2),
    ("EIN", "Branch Eindhoven", "NL01", "Eindhoven", "Hurksestraat 40", 2),
    ("BHM", "Distribution center Birmingham", "UK01", "Birmingham", "Landor Street 8", 4),
    ("LDS", "Branch Leeds", "UK01", "Leeds", "Gelderd Road 115", 2),
    ("BRS", "Branch Bristol", "UK01", "Bristol", "Feeder Road 52", 2),
]
CENTERS = [("1000", "Stock"), ("2000", "Maintenance"), ("3000", "Facilities")]
OPEN = [[420, 1020]]
RATES = {"GBP": Decimal("1.1620"), "USD": Decimal("0.9240")}


def entities(scene: Scene) -> list[tuple[str, str, str, str, str, str]]:
    return ENTITIES + (growth.ENTITIES if scene.scale.is_bulk else [])


def sites(scene: Scene) -> list[tuple[str, str, str, str, str, int]]:
    return [*SITES, *growth.sites(scene.scale.sites - len(SITES))] if scene.scale.is_bulk else SITES


def found(scene: Scene) -> None:
    _units(scene)
    _categories(scene)
    calendars = _calendars(scene)
    _entities(scene, calendars)
    _sites(scene, calendars)
    _rates(scene)


def _calendars(scene: Scene) -> dict[str, Calendar]:
    """One a country."""
    zones = {country: zone for _code, _name, country, _currency, zone, _vat in entities(scene)}
    rows = [
        Calendar(name=f"Weekdays {country}", timezone=zone, hours=[*[OPEN] * 5, [], []], country=country)
        for country, zone in zones.items()
    ]
    made = bear(rows, _founded, by=WORLD, at=scene.founding, key=scene.key())
    return {calendar.country: calendar for calendar in made}


def _units(scene: Scene) -> None:
    Unit.objects.bulk_create(Unit(code=code, name=name, is_whole=whole) for code, name, whole in goods.UNITS)
    scene.units = {unit.code: unit for unit in Unit.objects.all()}


def _categories(scene: Scene) -> None:
    for code, name, parent in goods.CATEGORIES:
        above = scene.categories.get(parent or "")
        category = Category.objects.create(code=code, name=name, parent=above, path=code)
        category.path = f"{above.path if above else ''}{category.pk}."
        category.save(update_fields=["path"])
        scene.categories[code] = category


def _entities(scene: Scene, calendars: dict[str, Calendar]) -> None:
    rows = [
        LegalEntity(
            code=code,
            name=name,
            country=country,
            currency=currency,
            timezone=zone,
            calendar=calendars[country],
            vat_number=vat,
            gs1_prefix=f"87123{place}",
        )
        for place, (code, name, country, currency, zone, vat) in enumerate(entities(scene), start=40)
    ]
    for entity in bear(rows, _founded, by=WORLD, at=scene.founding, key=scene.key()):
        scene.entities[entity.code] = entity


def _sites(scene: Scene, calendars: dict[str, Calendar]) -> None:
    rows = []
    for number, (code, name, owner, city, address, _docks) in enumerate(sites(scene), start=1):
        entity = scene.entities[owner]
        rows.append(
            Site(
                code=code,
                name=name,
                entity=entity,
                timezone=entity.timezone,
                calendar=calendars[entity.country],
                city=city,
                address=address,
                country=entity.country,
                gln=firms.gln(number),
                over_percent=Decimal(5),
                under_percent=Decimal(2),
            )
        )
    for site, (*_said, docks) in zip(
        bear(rows, _founded, by=WORLD, at=scene.founding, key=scene.key()), sites(scene), strict=True
    ):
        scene.sites[site.code] = site
        Dock.objects.bulk_create(Dock(site=site, code=f"D{number}") for number in range(1, docks + 1))
        Location.objects.bulk_create(
            Location(site=site, code=place, purpose=purpose)
            for purpose, places in (
                (LocationPurpose.RECEIVING, ["IN-1", "IN-2"]),
                (LocationPurpose.STORAGE, [f"{aisle}-{bay:02d}" for aisle in "ABCD" for bay in range(1, 11)]),
                (LocationPurpose.QUARANTINE, ["Q-1"]),
                (LocationPurpose.SHIPPING, ["OUT-1", "OUT-2"]),
            )
            for place in places
        )
        scene.centers[site.code] = [
            CostCenter.objects.create(entity=site.entity, code=f"{site.code}-{code}", name=f"{text} {site.city}")
            for code, text in CENTERS
        ]


def _rates(scene: Scene) -> None:
    """Every Monday from the founding on, a random walk of a few tenths of a percent."""
    day, rows, now = scene.founding.date(), [], dict(RATES)
    while day <= scene.today:
        for currency in now:
            drift = Decimal(str(round(scene.random.uniform(-0.004, 0.004), 5)))
            now[currency] = (now[currency] * (1 + drift)).quantize(Decimal("0.0001"))
            rows.append(ExchangeRate(source=currency, target="EUR", factor=now[currency], on=day, origin="ECB"))
        cross = (now["USD"] / now["GBP"]).quantize(Decimal("0.0001"))
        rows.append(ExchangeRate(source="USD", target="GBP", factor=cross, on=day, origin="ECB, crossed"))
        day += timedelta(days=7)
    ExchangeRate.objects.bulk_create(rows)


def _founded(row: LegalEntity | Site | Calendar) -> Founded:
    return Founded(subject=row.subject, what=str(row) if isinstance(row, Calendar) else f"{row.code} {row.name}")
