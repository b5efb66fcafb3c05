"""Words of cXML as words of ours. Source: the cXML 1.2 reference guide; names in brackets are what others write too."""

VERSION = "1.2.050"
DTD = "http://xml.cxml.org/schemas/cXML/{version}/{module}.dtd"
MODULES = {
    "ConfirmationRequest": "Fulfill", "ShipNoticeRequest": "Fulfill", "InvoiceDetailRequest": "InvoiceDetail",
}  # fmt: skip
"""Which DTD holds a document, where it is not cXML.dtd."""

ROLES = {
    "buyer": "buyer", "soldTo": "buyer", "supplierCorporate": "supplier", "from": "supplier",
    "issuerOfInvoice": "supplier", "endUser": "ultimate", "shipFrom": "ship_from", "shipTo": "ship_to",
    "billTo": "bill_to", "remitTo": "payee", "carrierCorporate": "carrier",
}  # fmt: skip
"""Roles of a Contact. One that has no word of ours keeps its own."""
ORDER_ROLES = {word: said for said, word in reversed(ROLES.items())}
INVOICE_ROLES = ORDER_ROLES | {"buyer": "soldTo", "supplier": "from"}
"""An invoice calls the parties otherwise than an order."""

SCHEMES = {"DUNS": "duns", "EANID": "gln", "GLN": "gln", "vatID": "vat", "supplierTaxID": "tax"}
"""Domains of identifiers. One that has no word of ours keeps its own."""
DOMAINS = {word: said for said, word in reversed(SCHEMES.items())}
VAT = "vatID"
ACCOUNTS = frozenset({"ibanID", "accountID", "bankAccountID", "accountReceivableID"})
"""Domains of the account that wants the money."""
GTINS = ("EAN-13", "EAN-8", "UPC-A", "GTIN", "EANID", "UPC")
"""Domains of the number that everybody knows an item by."""
PACKAGES = {"pallet": "pallet", "carton": "carton", "box": "carton", "plt": "pallet", "ctn": "carton"}
LANGUAGE = "en"
"""Texts have a language. Ours are what people typed, in whatever language that is."""
EXEMPTIONS = {"zeroRated": "Z", "exempt": "E"}
