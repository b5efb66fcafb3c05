"""Names of people who do not exist."""

from random import Random

GIVEN = [
    "Alice", "Bruno", "Carla", "Dieter", "Elena", "Frank", "Greta", "Hugo", "Ingrid", "Jakub", "Karin", "Leon", "Marta",
    "Nils", "Olga", "Paul", "Renate", "Simon", "Tessa", "Ursula", "Viktor", "Wanda", "Xavier", "Ylva", "Zofia",
]  # fmt: skip
FAMILY = [
    "Abel", "Brandt", "Conti", "Dorn", "Evers", "Fischer", "Groot", "Hansen", "Ivanov", "Jaspers", "Koch", "Lang",
    "Meijer", "Nowicki", "Otto", "Peeters", "Quist", "Rossi", "Sauer", "Thijssen", "Urban", "Vogel", "Weber", "Young",
]  # fmt: skip


def person(random: Random) -> str:
    return f"{random.choice(GIVEN)} {random.choice(FAMILY)}"
