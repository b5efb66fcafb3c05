"""From a route to the address of a real document: the one table that a new route with a parameter needs a line in.

The key is the route up to and including its parameter; a longer key wins, so that a verb can have a document of its own
(``"orders/<number>/issue/"`` wants a draft). Routes of the API fall back on the page's line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.gates.routes import Route
from tests.gates.world import Side

SCOPED, SHARED, OWN, HOUSE, PANEL = "scoped", "shared", "own", "house", "panel"
"""Whose it is: of a scope, of the whole house (master data), of one person, of those who work
for all of it; or a panel, which is empty for a document
that is out of scope just as for one that never was."""
CONVERTER = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Known:
    value: Callable[[Side], Any]
    whose: str = SCOPED


def of(name: str, attribute: str, whose: str = SCOPED) -> Known:
    """An attribute of one of the side's documents."""
    return Known(lambda side: getattr(getattr(side, name), attribute), whose)


def plainly(value: Any, whose: str = SHARED) -> Known:
    return Known(lambda side: value, whose)


SKU = Known(lambda side: side.scene.items[0].sku, SHARED)
INNER = plainly(1, SHARED)
"""A line or a revision: its document before it decides."""
OFFICE: dict[str, Known] = {
    "help/<topic>": plainly("keys"),
    "views/<pk>": of("view", "pk", OWN),
    "jobs/<pk>": of("job", "pk", OWN),
    "files/<pk>": of("file", "pk"),
    "notifications/<pk>": of("told", "pk", OWN),
    "items/<sku>": SKU,
    "sites/<code>": Known(lambda side: side.scene.site.code, SHARED),
    "entities/<code>": Known(lambda side: side.scene.entity.code, SHARED),
    "calendars/<pk>": Known(lambda side: side.calendar.pk, SHARED),
    "people/<pk>": Known(lambda side: side.reader.pk, SHARED),
    "security/factors/<pk>": Known(lambda side: side.factor.pk, OWN),
    "security/sessions/<mark>": plainly("nothing", OWN),
    "people/<pk>/roles/<membership>": Known(lambda side: side.reader.memberships.get().pk, SHARED),
    "audit/<pk>": of("entry", "pk", HOUSE),
    "audit/record/<subject>": of("order", "subject", HOUSE),
    "access/<pk>": of("right", "pk", SHARED),
    "access/why/<subject>": of("order", "subject"),
    "access/conflicts/<pk>": of("acceptance", "pk", HOUSE),
    "access/reviews/<pk>": of("review", "pk", SHARED),
    "access/items/<pk>": of("reviewed", "pk", SHARED),
    "suppliers/<number>": of("supplier", "number", SHARED),
    "suppliers/<number>/<name>": plainly("block"),
    "suppliers/<number>/contacts/<pk>": of("contact", "pk", SHARED),
    "scores/<pk>": of("score", "pk"),
    "suppliers/<number>/scorecard/<measure>": plainly("on_time"),
    "suppliers/<number>/people/<pk>": Known(lambda side: side.scene.supplier_person.pk, SHARED),
    "suppliers/<number>/documents/<pk>": of("paper", "pk", SHARED),
    "suppliers/<number>/documents/send/<code>": plainly("ISO"),
    "suppliers/<number>/bank/<pk>": of("account", "pk", SHARED),
    "suppliers/<number>/agreements/<pk>": of("agreement", "pk", SHARED),
    "suppliers/document-types/<code>": plainly("ISO"),
    "suppliers/contracts/<number>": of("contract", "number"),
    "suppliers/offers/<pk>": Known(lambda side: side.supplier.items.order_by("pk").first().pk, SHARED),
    "offers/<pk>": Known(lambda side: side.supplier.items.order_by("pk").first().pk, SHARED),
    "customers/<number>": Known(lambda side: side.scene.customer.number, SHARED),
    "invoices/new/<supplier>": of("supplier", "number", SHARED),
    "invoices/of-order/<number>": of("order_received", "number", PANEL),
    "invoices/tolerances/<pk>": Known(lambda side: side.tolerance.pk),
    "invoices/<number>": of("invoice", "number"),
    "invoices/<number>/lines/<line>": INNER,
    "budgets/<pk>": of("budget", "pk"),
    "requests/<number>": of("request", "number"),
    "requests/<number>/edit/": of("request_draft", "number"),
    "requests/<number>/submit/": of("request_draft", "number"),
    "requests/<number>/cancel-remainder/": of("request_pooled", "number"),
    "requisitions/<number>": of("request", "number"),
    "requisitions/<number>/submit/": of("request_draft", "number"),
    "lineage/<lineage>": Known(lambda side: side.request_pooled.lines.first().lineage),
    "orders/<number>": of("order", "number"),
    "orders/<number>/issue/": of("order_draft", "number"),
    "orders/<number>/revisions/<revision>": INNER,
    "changes/<number>": of("change", "number"),
    "ship-notices/<number>": of("notice", "number"),
    "receipts/<number>": of("receipt_open", "number"),
    "receipts/<number>/reverse/": of("receipt", "number"),
    "stock/<pk>": Known(lambda side: side.balance.pk),
    "stock/item/<sku>": SKU,
    "stock/change/<sku>": SKU,
    "panels/order/<number>": of("order_received", "number", PANEL),
    "panels/contract/<number>": of("contract", "number", PANEL),
    "panels/requisition/<number>": of("request_pooled", "number", PANEL),
    "panels/item/<number>": SKU,
    "panels/supplier/<number>": of("supplier", "number", SHARED),
    "panels/receipt/<number>": of("receipt", "number"),
    "panels/change/<number>": of("change", "number"),
    "demand/<number>": of("demand", "number"),
    "customer-orders/<number>": of("demand", "number"),
    "allocation/<site>": Known(lambda side: side.scene.site.code),
    "allocation/<site>/<sku>": SKU,
    "shipments/<number>": of("shipment", "number"),
    "inbox/<step>": of("step", "pk", OWN),
    "inbox/mail/<token>": Known(lambda side: side.mail_token, OWN),
    "questions/<pk>": of("question", "pk", OWN),
    "requests/asked/<step>": of("step", "pk", OWN),
    "tasks/<pk>": of("task", "pk", OWN),
    "exceptions/<number>": of("case", "number"),
    "cases/<number>": of("case", "number"),
    "panels/case/<number>": of("case", "number"),
    "disputes/<number>": of("case", "number"),
    "panels/change/<number>/exceptions/": of("change", "number", PANEL),
    "panels/request/<number>": of("request", "number", PANEL),
    "panels/notice/<number>": of("notice", "number", PANEL),
    "parameters/<name>": plainly("price_above"),
    "parameters/values/<pk>": of("value", "pk", SHARED),
    "parameter-values/<pk>": of("value", "pk", SHARED),
    "waivers/<pk>": of("waiver", "pk"),
    "authority/<number>": plainly(1),
    "authority/<number>/cancel-plan/": Known(lambda side: side.matrix_draft.number, SHARED),
    "authority/<number>/edit/": Known(lambda side: side.matrix_draft.number, SHARED),
    "authority/<number>/file/<kind>": plainly("json"),
    "authority/<number>/friction/<rule>": plainly(1),
    "authority/<number>/replay/": Known(lambda side: side.matrix_draft.number, SHARED),
    "delegations/<pk>": of("loan", "pk", OWN),
    "imports/<pk>": of("batch", "pk", OWN),
    "imports/columns/<kind>": plainly("items"),
    "integration/deliveries/<pk>": of("delivery", "pk", HOUSE),
    "deliveries/<pk>": of("delivery", "pk", HOUSE),
    "integration/messages/<pk>": of("message", "pk"),
    "inbound/<pk>": of("message", "pk"),
    "integration/clients/<pk>": of("system", "pk", HOUSE),
    "integration/clients/<pk>/secrets/<hint>": plainly("none", HOUSE),
    "integration/partners/<pk>": of("trading_partner", "pk", HOUSE),
    "integration/partners/<pk>/secrets/<secret>": plainly(999_999, HOUSE),
    "integration/sent/<pk>": of("told_message", "pk"),
    "supplier/orders/<public_id>": of("order", "public_id"),
    "supplier/orders/<public_id>/revisions/<revision>": INNER,
    "supplier/submissions/<public_id>": of("said", "public_id"),
    "integration/erp/order/<number>": of("order", "number"),
    "integration/erp/receipt/<number>": of("receipt", "number"),
    "integration/erp/invoice/<number>": of("invoice", "number"),
}
PORTAL: dict[str, Known] = {
    "l/<token>": Known(lambda side: side.token, SHARED),
    "account/devices/<pk>": of("device", "pk", OWN),
    "colleagues/<pk>": Known(lambda side: side.scene.supplier_person.pk),
    "account/passkeys/<pk>": of("passkey", "pk", OWN),
    "company/documents/<code>": plainly("ISO"),
    "company/files/<public_id>": of("paper", "public_id"),
    "sent/<public_id>": of("said", "public_id"),
    "sent/together/<key>": Known(lambda side: side.together),
    "shipments/<public_id>": of("notice", "public_id"),
    "shipments/<public_id>/labels/<kind>": plainly("a6"),
    "orders/<public_id>": of("order", "public_id"),
    "orders/<public_id>/revisions/<revision>": INNER,
    "disputes/<public_id>": of("dispute", "public_id"),
    "disputes/files/<public_id>": of("shown_file", "public_id"),
    "invoices/<public_id>": of("invoice", "public_id"),
    "scorecard/<measure>": plainly("on_time"),
    "scorecard/cases/<public_id>": of("scored", "public_id"),
}


class Unknown(Exception):
    """A route that has a parameter which no line of the table fills."""


def shape(route: Route) -> str:
    """``orders/<number>/issue/``, for pages and for the API."""
    path = CONVERTER.sub(lambda found: f"<{found[1] or found[2]}>", route.pattern)
    return path.replace("^", "").replace("\\.", ".").replace("$", "").removeprefix("api/v1/")


def found(route: Route, table: dict[str, Known]) -> list[Known]:
    """What fills the route's parameters, in their order."""
    path, filled = shape(route), []
    for place in re.finditer(r"<\w+>", path):
        here = table.get(path[: place.end()])
        if here is None:
            raise Unknown(
                f"/{path}: nothing fills {place[0]}. Add a line “{path[: place.end()]}” to tests/gates/addresses.py, "
                "and a document to tests/gates/world.py if there is none of its kind."
            )
        filled.append(here)
    if len(filled) == 1:  # a verb may have a document of its own
        filled = [table.get(path, filled[0])]
    return filled


def address(route: Route, side: Side, table: dict[str, Known]) -> str:
    values = iter(found(route, table))
    api = "api/v1/" if route.pattern.startswith("api/v1/") else ""
    return f"/{api}" + re.sub(r"<\w+>", lambda _place: str(next(values).value(side)), shape(route))


def whose(route: Route, table: dict[str, Known]) -> str:
    """The narrowest of the route's documents decides."""
    kinds = {one.whose for one in found(route, table)}
    return next((kind for kind in (OWN, SCOPED, PANEL) if kind in kinds), SHARED)
