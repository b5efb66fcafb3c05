"""Faults that every reader of XML may find before it reads."""

from django.utils.translation import gettext as _
from lxml import etree

from integration.canon.faults import Fault, Level
from integration.xml.gate import local, path


def kind_unknown(root: etree._Element, name: str = "") -> Fault:
    sentence = _("Documents of kind %(kind)s are not read here: send one of those we agreed on.")
    return Fault(Level.REFUSE, "kind_unknown", path(root), sentence % {"kind": (name or local(root))[:60]})
