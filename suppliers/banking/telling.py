"""Write to the supplier's old addresses about a new account: whoever did not ask for it hears of it in time."""

from datetime import datetime

from organization.notifications import actions as notifications
from suppliers.banking import queries
from suppliers.banking.events import AccountApproved, AccountProposed
from suppliers.banking.models import BankAccount


def tell(event: AccountProposed | AccountApproved, *, key: str, at: datetime) -> int:
    """One mail to each address we knew before the change; answers how many there are."""
    account = BankAccount.objects.select_related("supplier__party", "entity").get(pk=event.document_id)
    kind = "bank_proposed" if isinstance(event, AccountProposed) else "bank_changed"
    words = {"account": account, "was": event.instead_of, "supplier": account.supplier.party.name}
    addresses = {one.email.lower() for one in queries.known_contacts(account.supplier_id, account.proposed_at)}
    for address in sorted(addresses):
        letter, thread = f"suppliers/mail/{kind}", f"bank:{account.pk}"
        notifications.write(to=address, letter=letter, words=words, thread=thread, key=key, at=at)
    return len(addresses)
