"""Questions to disputes: the thread as one side reads it, what lies on the table, what may be proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse

from foundation.files.models import StoredFile
from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from governance.cases.models import Case
from suppliers.disputes import settlements, showing
from suppliers.disputes.models import Dispute, DisputeFile, Said, Side


@dataclass(frozen=True)
class Message:
    """One thing that was said, as one of the two sides reads it."""

    said: Said
    words: str
    """The settlement that was proposed, with its amount or day."""
    effect: str
    is_ours: bool
    is_new: bool
    is_on_the_table: bool


@dataclass(frozen=True)
class Thread:
    dispute: Dispute
    messages: list[Message]
    files: list[DisputeFile]

    @property
    def offer(self) -> Message | None:
        """What the reader is asked to agree to."""
        return next((one for one in self.messages if one.is_on_the_table and not one.is_ours), None)

    @property
    def own_offer(self) -> Message | None:
        """What the reader proposed and the other side has not answered."""
        return next((one for one in self.messages if one.is_on_the_table and one.is_ours), None)

    @property
    def news(self) -> list[Message]:
        return [one for one in self.messages if one.is_new]


def thread(dispute: Dispute, side: Side, *, seen: int | None = None) -> Thread:
    """Two queries. ``seen``: how much the reader had on the screen, so that what came since stands out."""
    said = dispute.said.defer("by").order_by("number")
    shown = dispute.files.select_related("file").order_by("pk")
    files = shown.only(*(f"file__{name}" for name in ("name", "content_type")), "public_id", "side", "at", "dispute_id")
    return Thread(dispute, [_message(dispute, one, side, seen) for one in said], list(files))


def _message(dispute: Dispute, said: Said, side: Side, seen: int | None) -> Message:
    way = settlements.find(dispute.kind, said.settlement) if said.settlement else None
    return Message(
        said,
        words=settlements.spoken(way.label, said.amount, dispute.currency, said.day) if way else "",
        effect=str(way.effect) if way else "",
        is_ours=said.side == side,
        is_new=seen is not None and said.number > seen and said.side != side,
        is_on_the_table=dispute.open_offer == said.number,
    )


def dispute_of(case: Case) -> Dispute | None:
    """The thread of a case that the reader may see."""
    rows = Dispute.objects.everywhere(because="who sees the case sees its thread")
    return rows.select_related("supplier__party").filter(case=case).first()


def files_to_show(case: Case, shown: Iterable[DisputeFile]) -> tuple[list[StoredFile], set[int]]:
    """Files of the case and of what it is about that the supplier does not see yet, and those of the very line."""
    known = {one.file_id for one in shown}
    own = showing.of(case, "").files
    rows = StoredFile.objects.filter(about__in=[case.subject, case.about]).exclude(pk__in=known)
    every = {file.pk: file for file in [*own, *rows.order_by("-pk")[:20]] if file.pk not in known}
    return list(every.values()), {file.pk for file in own}


def waiting_for_us(actor: Actor) -> QuerySet[Dispute]:
    """Threads of one's own cases in which the supplier spoke last."""
    rows = Dispute.objects.visible_to(actor).filter(turn=Side.US, case__owner=actor.person_id)
    return rows.select_related("case", "supplier__party").order_by("answer_by", "pk")


def overdue(at: datetime) -> QuerySet[Dispute]:
    """Suppliers who did not answer in time and were not reminded."""
    rows = Dispute.objects.everywhere(because="the clock looks at all of them").select_related("case")
    return rows.filter(turn=Side.SUPPLIER, is_overdue=False, settled_at=None, answer_by__lt=at).order_by(
        "answer_by", "pk"
    )


def work_rows(actor: Actor, limit: int) -> list[WorkRow]:
    return [
        WorkRow(
            kind="",
            icon="messages-square",
            identity=one.case.number,
            url=reverse("governance:case", args=[one.case.number]),
            why=f"{one.about}: {one.title}",
            tone="warn",
            counterparty=one.supplier.party.name,
            amount=one.amount or None,
            currency=one.currency if one.amount else "",
            due_at=one.answer_by,
        )
        for one in waiting_for_us(actor)[:limit]
    ]


def of_supplier(actor: Actor) -> QuerySet[Dispute]:
    """For the portal: what waits for the supplier comes first, what is settled last."""
    hidden = ("case",)
    rows = Dispute.objects.visible_to(actor).defer(*hidden)
    return rows.order_by(F("settled_at").desc(nulls_first=True), "-turn", "-last_at", "-pk")


def open_about(actor: Actor, **public_id: object) -> list[Dispute]:
    """Disputes about one order, delivery or invoice of the supplier's, open ones first."""
    return list(of_supplier(actor).filter(**public_id)[:10])
