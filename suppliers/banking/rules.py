"""Whether a number can be an account at all, by ISO 13616 (IBAN) and ISO 9362 (BIC)."""

from django.utils.translation import gettext as _
from stdnum import bic as bics
from stdnum import iban as ibans
from stdnum.exceptions import ValidationError

from foundation.lifecycles import Refused


def iban_of(said: str) -> str:
    """Without spaces, in capitals. Raises Refused: the check digits find most slips of the pen."""
    try:
        return ibans.validate(said)
    except ValidationError:
        raise Refused(_("This is no IBAN: compare it sign by sign with the supplier's paper.")) from None


def masked(iban: str) -> str:
    return f"{iban[:2]}•• •••• {iban[-4:]}"


def bic_of(said: str, iban: str) -> str:
    """Empty, or a code of a bank in the country of the account. Raises Refused."""
    if not said.strip():
        return ""
    try:
        code = bics.validate(said)
    except ValidationError:
        raise Refused(_("This is no BIC: it has 8 or 11 signs, such as INGBNL2A.")) from None
    if code[4:6] != iban[:2]:
        told = {"bic": code[4:6], "iban": iban[:2]}
        raise Refused(_("The BIC is of a bank in %(bic)s and the account of one in %(iban)s.") % told)
    return code


def digits(phone: str) -> str:
    """What is left of a telephone number when two ways to write it are compared."""
    bare = "".join(sign for sign in phone if sign.isdigit())
    return bare.removeprefix("00").lstrip("0")
