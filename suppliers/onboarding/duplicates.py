"""Whether we know a firm already: by tax number, GLN, name and the address it writes from."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import CharField, Func, Q, QuerySet, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext as _
from stdnum import ean, get_cc_module
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from organization.people.models import Person
from suppliers.suppliers.models import Contact, Supplier

ALIKE = 0.5
"""From this similarity of trigrams on two names are shown as perhaps one (0 to 1)."""
SHOWN = 5
EVERYBODYS = {
    *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "aol.com"),
    *("gmx.de", "gmx.net", "web.de", "t-online.de", "proton.me", "protonmail.com", "qq.com", "163.com", "mail.ru"),
    *("orange.fr", "wanadoo.fr", "libero.it"),
}
"""Hosts where anybody has a mailbox: to share one says nothing."""


@dataclass
class Likely:
    """A supplier we have that may be the same firm, and why. ``is_certain``: an identifier is the same."""

    supplier: Supplier
    why: list[str] = field(default_factory=list)
    is_certain: bool = False


def bare(number: str) -> str:
    """A tax number as it is compared: letters and digits only."""
    return "".join(sign for sign in number.upper() if sign.isascii() and sign.isalnum())


def tax_number_fault(number: str, country: str) -> str:
    """Why it cannot be a tax number of this country; empty where it can, or where nobody knows the rule."""
    if not number.strip():
        return ""
    module = get_cc_module(country.lower(), "vat")
    if module is None:
        return ""
    code = bare(number)
    try:
        if country.upper() in {*map(str.upper, eu_vat.MEMBER_STATES)} and code[:2].isalpha():
            eu_vat.validate(code)
        else:
            module.validate(code.removeprefix(country.upper()))
    except ValidationError:
        return _("%(number)s is no VAT number of %(country)s: its form or its check digit is wrong.") % {
            "number": number.strip(),
            "country": country.upper(),
        }
    return ""


def gln_fault(gln: str) -> str:
    """Why it cannot be a GLN: the last digit follows from the others (GS1 General Specifications 7.9)."""
    if not gln or ean.is_valid(gln):
        return ""
    return _("%(gln)s is no GLN: its last digit does not fit the others.") % {"gln": gln}


def likely(
    *, name: str, vat_number: str = "", gln: str = "", mails: Iterable[str] = (), but: int | None = None
) -> list[Likely]:
    """Who it may be, the surest first. Three queries."""
    found: dict[int, Likely] = {}

    def note(supplier: Supplier, why: str, *, certain: bool = False) -> None:
        one = found.setdefault(supplier.pk, Likely(supplier))
        one.why.append(why)
        one.is_certain = one.is_certain or certain

    rows = Supplier.objects.select_related("party").exclude(pk=but)
    for supplier in _same_numbers(rows, vat_number, gln):
        if vat_number and supplier.vat_key == bare(vat_number):
            note(supplier, _("the same VAT number"), certain=True)
        if gln and supplier.party.gln == gln:
            note(supplier, _("the same GLN"), certain=True)
    alike = rows.annotate(alike=TrigramSimilarity("party__name", name)).filter(alike__gte=ALIKE)
    for supplier in alike.order_by("-alike", "pk")[:SHOWN]:
        note(supplier, _("a name that is %(n)s %% alike") % {"n": round(supplier.alike * 100)})
    for supplier, host in _same_hosts(rows, mails):
        note(supplier, _("mail from %(host)s") % {"host": host})
    return sorted(found.values(), key=lambda one: (not one.is_certain, -len(one.why), one.supplier.number))[:SHOWN]


def _same_numbers(rows: QuerySet[Supplier], vat_number: str, gln: str) -> list[Supplier]:
    signs = Func(Value("[^A-Za-z0-9]"), Value(""), Value("g"))
    key = Func("party__vat_number", *signs.source_expressions, function="regexp_replace", output_field=CharField())
    same = Q(pk__in=[])
    if bare(vat_number):
        same |= Q(vat_key=bare(vat_number))
    if gln:
        same |= Q(party__gln=gln)
    return list(rows.annotate(vat_key=Upper(key)).filter(same).order_by("pk")[:SHOWN])


def _same_hosts(rows: QuerySet[Supplier], mails: Iterable[str]) -> list[tuple[Supplier, str]]:
    hosts = {mail.rpartition("@")[2].lower() for mail in mails if "@" in mail} - EVERYBODYS
    if not hosts:
        return []
    of_host = Q(*(("email__iendswith", f"@{host}") for host in sorted(hosts)), _connector=Q.OR)
    known: dict[int, str] = {}
    for supplier_id, mail in [
        *Contact.objects.filter(of_host).values_list("supplier_id", "email")[: 10 * SHOWN],
        *Person.objects.filter(of_host, kind=Person.OF_SUPPLIER).values_list("party_id", "email")[: 10 * SHOWN],
    ]:
        known.setdefault(supplier_id, mail.rpartition("@")[2].lower())
    return [(supplier, known[supplier.pk]) for supplier in rows.filter(pk__in=known).order_by("number")[:SHOWN]]


def of(supplier: Supplier) -> list[Likely]:
    """Who else this supplier may be."""
    party = supplier.party
    mails = [contact.email for contact in supplier.contacts.all()]
    return likely(name=party.name, vat_number=party.vat_number, gln=party.gln, mails=mails, but=supplier.pk)
