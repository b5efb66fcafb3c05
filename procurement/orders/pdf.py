"""The order as the supplier can print it: one PDF from one frozen revision, the same bytes every time."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

TEMPLATE = Path(__file__).with_name("order.typ")


def render(content: dict[str, Any], *, issued_at: datetime) -> bytes:
    """A PDF/A of one revision. ``content`` is what ``revisions.content_of`` froze."""
    said = {
        "title": _("Purchase order"),
        "number": content["number"],
        "revision": str(content["revision"]),
        "revision_word": _("Revision"),
        "issued": f"{issued_at:%d %b %Y}",
        "issued_word": _("Issued"),
        "from": content["entity"],
        "to": content["supplier"],
        "to_word": _("Supplier"),
        "ship_to": content["ship_to"],
        "ship_to_word": _("Deliver to"),
        "terms_word": _("Terms"),
        "terms": f"{content['payment_terms']}, {content['incoterm']}",
        "note": content["note"],
        "columns": [_("#"), _("Your part"), _("Description"), _("Quantity"), _("Price"), _("Need by"), _("Amount")],
        "lines": [_line(line) for line in content["lines"]],
        "total_word": _("Total"),
        "total": f"{Decimal(content['amount']):,.2f} {content['currency']}",
    }
    stamp = int(issued_at.timestamp())
    return typst.compile(
        str(TEMPLATE), format="pdf", sys_inputs={"order": _json(said)}, pdf_standards=["a-2b"], timestamp=stamp
    )


def _line(line: dict[str, Any]) -> list[str]:
    per_unit = Decimal(line["numerator"]) / Decimal(line["denominator"])
    units = Decimal(line["quantity"]) / per_unit
    price = Decimal(line["price"]) * per_unit
    return [
        str(line["number"]),
        line["supplier_sku"] or line["sku"],
        line["description"] + (f" ({_('cancelled')})" if line["is_cancelled"] else ""),
        f"{units.normalize():f} {line['unit']}",
        f"{price:,.4f}".rstrip("0").rstrip("."),
        line["need_by"],
        f"{Decimal(line['amount']):,.2f}",
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
