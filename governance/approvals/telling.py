"""Telling people what is wanted of them: a notice in the product and a mail, once each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.journal.models import Entry
from foundation.subjects import registry as subjects
from governance.approvals import cards, links, queries
from governance.approvals.lifecycle import StepState
from governance.approvals.models import ApprovalRequest, ApprovalStep, Question
from governance.authority.models import Delegation
from organization.notifications import actions as notifications
from organization.people.models import Person

Words = dict[str, Any]


def tell_waited_for(step_id: int, *, key: str, at: datetime) -> None:
    """Everybody who is asked now and was not told of this content yet, with a link of his own."""
    step = _step(step_id)
    if step.status != StepState.ACTIVE or _is_history(step):
        return
    document = subjects.fetch(step.request.about)
    if document.version != step.request.about_version:
        return  # changed already: whoever is asked about the new content is told of that
    for person in _people(queries.waited_for(step, at=at)):
        with transaction.atomic():  # the token is mailed or it never was
            token = links.make(step=step, person_id=person.pk, document=document, at=at)
            if token:
                address = reverse("governance:inbox-mail", args=[token])
                _tell(person, "asked", step, {**_facts(step), "link": _far(address)}, key=key, at=at)


def remind(step_id: int, people: Iterable[int], *, by_id: int | None, key: str, at: datetime) -> None:
    """Those of ``people`` for whom it still waits."""
    step = _step(step_id)
    if step.status == StepState.ACTIVE and not _is_history(step):
        by = Person.objects.get(pk=by_id).name if by_id else _("Countersign")
        for person in _people(queries.waited_for(step, at=at) & set(people)):
            link = _far(reverse("governance:inbox-card", args=[step.pk]))
            _tell(person, "nudged", step, {**_facts(step), "by": by, "link": link}, key=key, at=at)


def tell_above(step_id: int, people: Iterable[int], *, key: str, at: datetime) -> None:
    """Those above who cannot decide it themselves."""
    step = _step(step_id)
    if step.status == StepState.ACTIVE and not _is_history(step):
        words = {**_facts(step), "link": _far(step.request.url)}
        for person in _people(people):
            _tell(person, "escalated", step, words, key=key, at=at, url=step.request.url)


def tell_successor(step_id: int, *, to: int, giver: int, reason: str, key: str, at: datetime) -> None:
    step = _step(step_id)
    if step.status == StepState.ACTIVE:
        link = _far(reverse("governance:inbox-card", args=[step.pk]))
        words = {**_facts(step), "by": Person.objects.get(pk=giver).name, "reason": reason, "link": link}
        for person in _people(queries.waited_for(step, at=at) & {to}):
            _tell(person, "passed", step, words, key=key, at=at)


def tell_loan(loan_id: int, *, key: str, at: datetime) -> None:
    """To who stands in; to the one whose authority it is, when somebody else lent it."""
    loan = Delegation.objects.select_related("giver", "taker").get(pk=loan_id)
    first = Entry.objects.filter(subject=loan.subject).order_by("number").first()
    if loan.ended_at is not None or loan.ends_at <= at:
        return
    _tell_of_loan(loan, loan.taker, "lent", reverse("governance:inbox"), key=key, at=at)
    if first is not None and first.by != str(loan.giver.actor):
        _tell_of_loan(loan, loan.giver, "away", reverse("governance:delegations"), key=key, at=at)


def _tell_of_loan(loan: Delegation, person: Person, kind: str, url: str, *, key: str, at: datetime) -> None:
    said = {"person": person, "loan": loan, "link": _far(url)}
    letter, thread = f"governance/mail/{kind}", loan.subject
    line = notifications.write(to=person.email, letter=letter, words=said, thread=thread, key=key, at=at)
    notifications.tell(person=person, kind=kind, subject=loan.subject, text=line, url=url, key=key, at=at)


def tell_question(question_id: int, *, key: str, at: datetime) -> None:
    """To who was asked."""
    question = Question.objects.select_related("asked", "asker", "step__request").get(pk=question_id)
    if question.answered_at is None:
        address = reverse("governance:question", args=[question.pk])
        words = {"question": question, "link": _far(address)}
        _tell(question.asked, "question", question.step, words, key=key, at=at, url=address)


def tell_answer(question_id: int, *, key: str, at: datetime) -> None:
    """To who wanted to know."""
    question = Question.objects.select_related("asked", "asker", "step__request").get(pk=question_id)
    link = _far(reverse("governance:inbox-card", args=[question.step_id]))
    _tell(question.asker, "answer", question.step, {"question": question, "link": link}, key=key, at=at)


def _tell(
    person: Person, kind: str, step: ApprovalStep, words: Words, *, key: str, at: datetime, url: str = ""
) -> None:
    request: ApprovalRequest = step.request
    said = {**words, "person": person, "step": step, "request": request}
    letter, thread = f"governance/mail/{kind}", f"approval:{request.about}"
    line = notifications.write(to=person.email, letter=letter, words=said, thread=thread, key=key, at=at)
    url = url or reverse("governance:inbox-card", args=[step.pk])
    notifications.tell(person=person, kind=kind, subject=request.about, text=line, url=url, key=key, at=at)


def _facts(step: ApprovalStep) -> Words:
    request = step.request
    because = [(one["rule"], ", ".join(one["because"]).replace("_", " ")) for one in step.why]
    return {"tiles": cards.tiles(request.facts), "because": because}


def _step(pk: int) -> ApprovalStep:
    return ApprovalStep.objects.select_related("request__requester", "request__site").get(pk=pk)


def _is_history(step: ApprovalStep) -> bool:
    """By the machine's clock, whatever a story's says: nobody is written to about what began before a link's life."""
    return step.activated_at is not None and step.activated_at < timezone.now() - links.LASTS


def _people(keys: Iterable[int]) -> list[Person]:
    return list(Person.objects.filter(pk__in=keys, is_active=True).order_by("pk"))


def _far(path: str) -> str:
    return f"{settings.OFFICE_ADDRESS.rstrip('/')}{path}"
