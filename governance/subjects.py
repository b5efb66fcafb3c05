"""What governance itself brings to be approved."""

from collections.abc import Iterable
from datetime import datetime

from foundation.documents.models import Recorded
from foundation.subjects.registry import register
from foundation.values.actor import Actor
from governance.permits import actions as permits
from governance.permits.models import Permit


@register("governance.permit")
class PermitSubject:
    def describe(self, permit: Permit) -> str:
        return f"{permit.number} {permit.about_title}"

    def url(self, permit: Permit) -> str:
        return permit.about_url

    def lock(self, permit: Permit) -> Iterable[Recorded]:
        return [permit]

    def on_granted(self, permit: Permit, *, by: Actor, at: datetime) -> None:
        permits.grant(permit=permit, by=by, at=at)

    def on_refused(self, permit: Permit, *, by: Actor, at: datetime, returned: bool, reason: str) -> None:
        permits.refuse(permit=permit, reason=reason, by=by, at=at)
