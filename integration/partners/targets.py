"""Where messages may leave to: a folder below the one of this installation, or an address on the public web.

Addresses are resolved once, checked, and then connected to by number, so that a name cannot mean something else a
moment later (DNS rebinding).
"""

import ipaddress
import re
import socket
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from integration.partners.models import Way

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")


def check(way: str, target: str) -> None:
    """Refuse a target that nothing could be sent to."""
    if way == Way.FOLDER:
        folder(target)
    else:
        address(target)


def folder(name: str) -> Path:
    """One name, so that nothing leads out of the folder for partners."""
    if not _NAME.fullmatch(name):
        raise Refused(_("A folder is one name of letters, digits, - and _, below the folder for partners."))
    return Path(settings.PARTNER_FOLDER) / name


def address(url: str) -> SplitResult:
    """An address as it may be called: https, no user, no port but the usual one; tests of ours may use http."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    is_plain = settings.PARTNER_PLAIN_HTTP and parts.scheme == "http"
    if not parts.hostname or parts.username or not (parts.scheme == "https" or is_plain):
        raise Refused(_("Give an address that begins with https://, without a name or password in it."))
    if port not in (None, 443) and not is_plain:
        raise Refused(_("Only the usual port of https is called."))
    return parts


def number_of(parts: SplitResult) -> str:
    """The one number that is connected to. Raises OSError where there is none, Refused for one inside the house."""
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if inside := [one for one in found if not is_outside(one)]:
        raise Refused(_("%(host)s is an address inside the house (%(number)s): nothing is sent there.")
                      % {"host": host, "number": inside[0]})  # fmt: skip
    return found[0]


def is_outside(number: str) -> bool:
    """Whether an address is of the public net, whatever it is wrapped in."""
    ip = ipaddress.ip_address(number.partition("%")[0])
    if settings.PARTNER_PLAIN_HTTP and ip.is_loopback:
        return True
    for inner in (getattr(ip, "ipv4_mapped", None), getattr(ip, "sixtofour", None)):
        if inner is not None:
            ip = inner
    if isinstance(ip, ipaddress.IPv6Address) and (ip.teredo or ip in ipaddress.ip_network("64:ff9b::/96")):
        return False
    return ip.is_global and not ip.is_multicast
