"""What partners' systems say of our messages: 997, 999, CONTRL and APERAK, laid beside what we sent."""

from integration.canon.acknowledgements import PARTLY, RECEIVED, REJECTED, Acknowledgement, Trouble
from integration.sending import delivering
from integration.sending.models import OutboundMessage


def hear(said: Acknowledgement, *, address: str, by_message: str, key: str) -> int:
    """Note it with every message of ours it speaks of, and only with those that went to its sender. How many."""
    found = _meant(said, address)
    for message in found:
        verdict = next(iter(said.messages), None)  # ours stand alone in their interchange
        code = verdict.code if verdict else said.code
        if code == RECEIVED:
            continue
        troubles = [*(verdict.troubles if verdict else ()), *said.troubles]
        delivering.heard(
            message,
            is_accepted=code not in (REJECTED, PARTLY),
            reasons=[_words(trouble) for trouble in troubles] or [" ".join(said.notes) or said.code],
            by_message=by_message,
            key=f"{key}:{message.pk}",
        )
    return len(found)


def _meant(said: Acknowledgement, address: str) -> list[OutboundMessage]:
    """By control number (997, CONTRL), else by the number of the document (APERAK): the last that was sent of it."""
    everywhere = OutboundMessage.objects.everywhere(because="answered by its receiver, whoever may see it")
    mine = everywhere.select_related("partner__supplier__party").filter(partner__address=address)
    if said.control:
        number = said.control.lstrip("0")
        return list(mine.filter(control__in=[number, said.control]))
    if said.document:
        return list(mine.filter(number=said.document).order_by("-pk")[:1])
    return []


def _words(trouble: Trouble) -> str:
    place = " ".join(part for part in (trouble.segment, trouble.position) if part)
    return ": ".join(part for part in (place, trouble.code, trouble.text) if part) or "?"
