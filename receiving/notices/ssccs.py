"""Serial shipping container codes (GS1 application identifier 00) that we make: extension digit, company prefix,
serial number, check digit.

Extension digit and serial number are one number from one sequence, so none is made twice, whoever asks at once. A
short company prefix leaves room for ten thousand million, the longest for a hundred thousand: then it begins anew, and
what is still taken (GS1 wants a year) is passed over.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.numbering import actions as numbering
from receiving.notices.barcodes import check_digit
from receiving.notices.models import HandlingUnit

PREFIX = r"[0-9]{6,12}"
TRIES = 20
YEAR = timedelta(days=366)
"""How long none is used again (GS1 General Specifications, 2.2.1)."""
SHIPPER = "an SSCC is its shipper's own"


def make(count: int, *, prefix: str, supplier_id: int, at: datetime) -> list[str]:
    """So many SSCCs that no unit of this supplier carries."""
    made: list[str] = []
    for _try in range(TRIES):
        found = [written(number, prefix) for number in numbering.count_many("SSCC", count - len(made))]
        taken = set(taken_of(supplier_id, found, at=at))
        made += [sscc for sscc in found if sscc not in taken]
        if len(made) == count:
            return made
    raise Refused(_("The GS1 prefix %(prefix)s has no free numbers: give another one.") % {"prefix": prefix})


def taken_of(supplier_id: int, ssccs: list[str], *, at: datetime) -> list[str]:
    """Those of them that went out on a unit of this supplier within a year."""
    kept = HandlingUnit.objects.everywhere(because=SHIPPER).filter(
        supplier_id=supplier_id, sscc__in=ssccs, keeps_sscc=True, notice__announced_at__gt=at - YEAR
    )
    return sorted(kept.values_list("sscc", flat=True))


def let_go(supplier_id: int, ssccs: list[str], *, at: datetime) -> None:
    """Their year is over: they may stand on another unit."""
    old = HandlingUnit.objects.everywhere(because=SHIPPER).filter(
        supplier_id=supplier_id, sscc__in=ssccs, keeps_sscc=True, notice__announced_at__lte=at - YEAR
    )
    old.update(keeps_sscc=False)


def written(number: int, prefix: str) -> str:
    """``written(7, "8712345")`` -> ``087123450000000076``: the number in the digits that the prefix leaves."""
    room = 17 - len(prefix)
    digits = f"{number % 10**room:0{room}d}"
    body = f"{digits[0]}{prefix}{digits[1:]}"
    return body + check_digit(body)


def grouped(sscc: str) -> str:
    """As it is read out: 3-4-4-4-3."""
    return " ".join((sscc[:3], sscc[3:7], sscc[7:11], sscc[11:15], sscc[15:]))
