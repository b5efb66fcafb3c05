"""Which party somebody means."""

from django.db.models import Q

from foundation.values.reason import BadValue
from organization.parties.models import Party


def party_called(said: str) -> Party:
    """By name, VAT number or GLN; what two parties are called must be a number. Raises BadValue."""
    said = said.strip()
    found = list(Party.objects.filter(Q(name__iexact=said) | Q(vat_number__iexact=said) | Q(gln=said))[:2])
    if len(found) == 2:
        raise BadValue("two_parties", "More than one party is called that: write the VAT number or the GLN.")
    if not found:
        raise BadValue("no_party", "No supplier has this name, VAT number or GLN.")
    return found[0]
