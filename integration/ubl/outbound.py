"""Write a document as UBL 2.1 of its Peppol profile.

What was written is read back and compared: a message that would say something else than the document is never sent.
What UBL has no words for at all (the revision of an order) is left out knowingly: ``sayable`` of each table says what.
"""

from django.utils.translation import gettext as _
from lxml import etree

from integration.canon.building import different
from integration.canon.documents import Document
from integration.canon.texts import Unsayable
from integration.ubl import maps, names
from integration.xml.reading import Reader
from integration.xml.texts import tidy
from integration.xml.writing import element


def write(document: Document) -> bytes:
    """The document as UTF-8. Raises Unsayable with a sentence."""
    table = maps.of_document(document)
    if table is None:
        said = {"kind": document.kind}
        raise Unsayable(_("There is no message for “%(kind)s” in UBL: choose another channel.") % said)
    document = tidy(document)
    root = element(table, table.sayable(document), names.COMMON)
    again = Reader(table, root, names.COMMON).document()
    if found := different(table.sayable(document), again):
        said = {"fields": ", ".join(found), "kind": table.kind}
        raise Unsayable(_("%(kind)s cannot say this as it is: %(fields)s. Leave it out, or change it.") % said)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def sayable(document: Document) -> Document:
    """The document as far as UBL says it: what is read again from what was written."""
    table = maps.of_document(document)
    return tidy(document) if table is None else table.sayable(tidy(document))  # type: ignore[no-any-return]
