"""What may be done about a short delivery that customers wait for: three tasks for three people."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.documents.models import Recorded
from foundation.lifecycles import Refused
from foundation.resolutions.registry import Ask, register
from foundation.values.actor import Actor
from foundation.values.exact import plain
from foundation.values.quantity import parse_decimal
from foundation.values.reason import BadValue
from fulfillment.shortages import actions as shortages
from fulfillment.shortages import expediting


class _Noted:
    """A way out that is carried out by people; the case keeps who said so and when."""

    verb = "work_case"

    def lock(self, case: Any) -> Iterable[Recorded]:
        return []

    def why_not(self, case: Any) -> list[str]:
        return []

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None: ...


@register("customer_impact")
class ToldCustomers(_Noted):
    name, label = "told", gettext_lazy("The customers were told")

    def preview(self, case: Any) -> list[str]:
        numbers = ", ".join(case.facts.get("orders", [])[:10])
        return [_("You say that the customers of %(orders)s know about the delay.") % {"orders": numbers}]


@register("stock_shortage")
class SuggestTransfer(_Noted):
    """Ask another site for the goods. The site may be named in ``facts["site"]``; else it is the one with most."""

    name, label = "transfer", gettext_lazy("Ask another site for a transfer")

    @property
    def asks(self) -> tuple[Ask, ...]:
        return (Ask("site", gettext_lazy("Which site?"), choices=self._sites),)

    def why_not(self, case: Any) -> list[str]:
        return [] if self._offers(case) else [_("It is free nowhere else now.")]

    def preview(self, case: Any) -> list[str]:
        said = [
            _("%(site)s has %(quantity)s free.") % {"site": site, "quantity": plain(quantity)}
            for site, quantity in self._offers(case)[:3]
        ]
        return [*said, _("The suggestion is noted; stock moves when the site ships.")]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        offers = dict(self._offers(case))
        site = facts.setdefault("site", next(iter(offers), ""))
        if site not in offers:
            raise Refused(_("%(site)s has none of it free. Choose another site.") % {"site": site})
        facts["quantity"] = str(offers[site])

    def _sites(self, case: Any) -> list[tuple[str, str]]:
        return [(site, f"{site} ({plain(quantity)})") for site, quantity in self._offers(case)]

    def _offers(self, case: Any) -> list[tuple[str, Decimal]]:
        return shortages.elsewhere(case.site_id, case.facts["item"])


@register("stock_shortage")
class AskToExpedite(_Noted):
    """Pay for a faster delivery, if whoever the matrix names agrees."""

    name, label = "expedite", gettext_lazy("Ask to expedite")
    asks = (
        Ask("cost", gettext_lazy("What does it cost?"), gettext_lazy("In the entity's currency."), required=True),
        Ask("at_risk", gettext_lazy("Margin and penalty at risk if it comes late?"), required=True),
        Ask("tried", gettext_lazy("What else was tried?"), required=True),
    )

    def preview(self, case: Any) -> list[str]:
        return [
            _("The authority matrix says who decides; cost, risk and alternatives stand on the card."),
            _("Granted, a buyer books it; not granted, this exception comes back."),
        ]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        sums = {name: _amount(facts.get(name, "")) for name in ("cost", "at_risk")}
        expediting.ask(case, **sums, tried=str(facts.get("tried", "")), by=by, at=at)


@register("expedite_granted")
class Booked(_Noted):
    name, label = "booked", gettext_lazy("It is booked")
    asks = (Ask("reference", gettext_lazy("Carrier and reference?")),)

    def preview(self, case: Any) -> list[str]:
        return [_("You say that the supplier sends it the faster way, for no more than was granted.")]


def _amount(text: str) -> Decimal:
    try:
        amount = parse_decimal(str(text).strip())
    except BadValue:
        amount = Decimal(-1)
    if not 0 <= amount < 10**12:
        raise Refused(_("“%(text)s” is no amount: write it as 250 or 250.50.") % {"text": str(text)[:30]})
    return amount


@register("stock_shortage")
class WaitForSupply(_Noted):
    name, label = "wait", gettext_lazy("Wait for the supplier's rest")

    def preview(self, case: Any) -> list[str]:
        return [_("The customer lines stay backordered and are served first when goods come.")]


@register("commitment_shift")
class MovedCommitment(_Noted):
    name, label = "moved", gettext_lazy("Finance has moved it")

    def preview(self, case: Any) -> list[str]:
        return [_("You say that the plan shows the amount in the later month; nothing is booked.")]
