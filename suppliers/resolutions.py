"""What may be done about a case of a supplier: hold it until it is put right, or say what was done."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.documents.models import Recorded
from foundation.door.door import AS_IT_IS
from foundation.lifecycles import Refused
from foundation.lifecycles.moves import why_not
from foundation.resolutions.registry import Ask, register
from foundation.subjects.registry import fetch
from foundation.values.actor import Actor
from suppliers.suppliers import actions as suppliers


@register("supplier_document", "supplier_compliance")
class Hold:
    """No new orders until somebody releases it."""

    name, label, verb = "hold", gettext_lazy("Hold the supplier: no new orders"), "block_supplier"
    asks = (Ask("reason", gettext_lazy("Why: buyers read it"), required=True),)

    def why_not(self, case: Any) -> list[str]:
        return why_not(fetch(case.about).restrict)

    def preview(self, case: Any) -> list[str]:
        return [_("Nothing new is ordered from it. What is on its way is received and paid as usual.")]

    def lock(self, case: Any) -> Iterable[Recorded]:
        return [fetch(case.about)]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        reason = str(facts.get("reason", ""))[:200]
        suppliers.restrict(supplier=fetch(case.about), reason=reason, by=by, at=at, seen=AS_IT_IS, key="")


@register("supplier_document", "supplier_compliance", "contract", "master_data")
class LookedAfter:
    """It was settled outside of here, or is no fault."""

    name, label, verb = "looked_after", gettext_lazy("Looked after"), "edit_supplier"
    asks = (Ask("reason", gettext_lazy("What was done"), required=True),)

    def why_not(self, case: Any) -> list[str]:
        return []

    def preview(self, case: Any) -> list[str]:
        return [_("The case is closed with what you say; nothing else changes.")]

    def lock(self, case: Any) -> Iterable[Recorded]:
        return []

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        if not str(facts.get("reason", "")).strip():
            raise Refused(_("Say what was done."))
