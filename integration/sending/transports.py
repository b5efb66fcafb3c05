"""How bytes leave: into a folder that a gateway empties, or by one POST to one address.

What comes back says one of three things: it is there, it is not and may be tried again, it is refused.
"""

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from integration.canon.acknowledgements import REJECTED, Acknowledgement
from integration.cxml import inbound as cxml
from integration.partners import queries as partners
from integration.partners import targets
from integration.partners.models import Syntax, TradingPartner, Way
from integration.sending.writing import with_secret

TYPES = {
    Syntax.X12: "application/edi-x12", Syntax.EDIFACT: "application/edifact", Syntax.UBL: "application/xml",
    Syntax.CXML: "text/xml",
}  # fmt: skip
PATIENCE = httpx.Timeout(20, connect=5)
LONGEST_ANSWER = 64 * 1024
AGAIN = frozenset({408, 409, 423, 425, 429})
"""A no that is no verdict on the message."""


class NotYet(Exception):
    """It did not arrive, or nobody knows: it is sent again, under the same name and key."""


class Declined(Exception):
    """The other side will not have it; sending the same again would not help."""


@dataclass(frozen=True)
class Answered:
    """What was said on the same line, if anything was (cXML answers there)."""

    is_accepted: bool = False
    reason: str = ""


def send(partner: TradingPartner, raw: bytes, *, name: str, key: str) -> Answered | None:
    """Once more does no harm: the same name replaces the same file, the same key is known to the other side."""
    if partner.way == Way.FOLDER:
        into_folder(targets.folder(partner.target), name, raw)
    elif partner.way == Way.HTTP:
        return _post(partner, raw, key=key)
    return None


def into_folder(folder: Path, name: str, raw: bytes) -> None:
    """Whole or not at all: written beside, then renamed. A gateway passes over names that begin with a dot."""
    half = folder / f".{name}.{uuid.uuid4().hex}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with half.open("xb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        half.replace(folder / name)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise NotYet(_("The folder %(folder)s cannot be written to: %(why)s")
                     % {"folder": folder.name, "why": error.strerror or error}) from error  # fmt: skip


def _post(partner: TradingPartner, raw: bytes, *, key: str) -> Answered | None:
    """To the number that was checked, under the name that was agreed; a redirect is a no."""
    secret, is_cxml = partners.our_secret(partner), partner.syntax == Syntax.CXML
    try:
        parts = targets.address(partner.target)
        number = targets.number_of(parts)
    except Refused as refused:
        raise Declined(str(refused)) from refused
    except OSError as error:
        raise NotYet(_("%(host)s cannot be found.") % {"host": parts.hostname}) from error
    url = httpx.URL(partner.target)
    headers = {"Host": url.netloc.decode(), "Content-Type": TYPES[Syntax(partner.syntax)], "Idempotency-Key": key}
    if secret and not is_cxml:
        headers["Authorization"] = f"Bearer {secret}"
    try:
        with httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client:
            request = client.build_request(
                "POST",
                url.copy_with(host=number),
                content=with_secret(raw, secret) if is_cxml else raw,
                headers=headers,
                extensions={"sni_hostname": parts.hostname},
            )
            response = client.send(request, stream=True)
            body = _read(response)
    except httpx.HTTPError as error:
        raise NotYet(_("%(host)s does not answer: %(why)s")
                     % {"host": parts.hostname, "why": type(error).__name__}) from error  # fmt: skip
    return _judged(response.status_code, body, is_cxml=is_cxml)


def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LONGEST_ANSWER:
            break
    response.close()
    return bytes(body)


def _judged(status: int, body: bytes, *, is_cxml: bool) -> Answered | None:
    if status >= 500 or status in AGAIN:
        raise NotYet(_("They answered %(status)s: it is sent again later.") % {"status": status})
    if status >= 300:
        said = " ".join(body[:200].decode("utf-8", "replace").split())
        raise Declined(_("They answered %(status)s: %(said)s") % {"status": status, "said": said or "–"})
    found = cxml.read(body).document if is_cxml else None
    if not isinstance(found, Acknowledgement):
        return None
    if any(trouble.code.startswith("5") for trouble in found.troubles):
        raise NotYet(_("They answered that it is not possible now: it is sent again later."))
    said = " ".join(trouble.text for trouble in found.troubles)
    return Answered(found.code != REJECTED, said or _("They gave no reason."))
