"""Write a document as a cXML request, or the response to one.

What was written is read back and compared: a message that would say something else than the document is never sent.
What cXML has no words for at all is left out knowingly: ``sayable`` of each table says what.
"""

from django.utils.translation import gettext as _
from lxml import etree

from integration.canon.building import different
from integration.canon.documents import Document
from integration.canon.texts import Unsayable
from integration.cxml import maps, names
from integration.cxml.header import Envelope, header
from integration.xml.reading import Reader
from integration.xml.texts import tidy
from integration.xml.writing import element

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
TITLES = {
    200: "OK", 201: "Accepted", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 406: "Not Acceptable",
    409: "Conflict", 450: "Not Implemented", 500: "Internal Server Error", 560: "Temporary Server Error",
}  # fmt: skip
"""Statuses that we answer with. 4xx is for ever, 5xx is tried again."""


def write(document: Document, envelope: Envelope) -> bytes:
    """The document as UTF-8, with the secret in it: keep ``secrets.redacted`` of it. Raises Unsayable."""
    table = maps.of_document(document)
    if table is None:
        said = {"kind": document.kind}
        raise Unsayable(_("There is no message for “%(kind)s” in cXML: choose another channel.") % said)
    document = tidy(document)
    content = element(table, table.sayable(document), facts={"refers_to": envelope.refers_to})
    again = Reader(table, content).document()
    if found := different(table.sayable(document), again):
        said = {"fields": ", ".join(found), "kind": table.kind}
        raise Unsayable(_("%(kind)s cannot say this as it is: %(fields)s. Leave it out, or change it.") % said)
    root = _root(envelope)
    root.append(header(envelope))
    request = etree.SubElement(root, "Request")
    if envelope.is_test:
        request.set("deploymentMode", "test")
    request.append(content)
    return _bytes(root, names.MODULES.get(table.kind, "cXML"))


def respond(code: int, sentence: str, envelope: Envelope) -> bytes:
    """The answer on the same line: 200 arrived, 4xx do not send it again, 5xx send it again."""
    root = _root(envelope)
    status = etree.SubElement(etree.SubElement(root, "Response"), "Status")
    status.set("code", str(code))
    status.set("text", TITLES.get(code, TITLES[200] if code < 300 else TITLES[400] if code < 500 else TITLES[500]))
    status.text = sentence
    return _bytes(root, "cXML")


def sayable(document: Document) -> Document:
    """The document as far as cXML says it: what is read again from what was written."""
    table = maps.of_document(document)
    return tidy(document) if table is None else table.sayable(tidy(document))  # type: ignore[no-any-return]


def _root(envelope: Envelope) -> etree._Element:
    root = etree.Element("cXML")
    root.set("payloadID", envelope.payload_id)
    root.set("timestamp", envelope.sent_at.isoformat())
    root.set(LANGUAGE, names.LANGUAGE)
    return root


def _bytes(root: etree._Element, module: str) -> bytes:
    address = names.DTD.format(version=names.VERSION, module=module)
    doctype = f'<!DOCTYPE cXML SYSTEM "{address}">'
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True, doctype=doctype)
