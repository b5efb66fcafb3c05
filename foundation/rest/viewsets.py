"""An aggregate's API in a few lines: lists and rows from its queries, verbs from its actions.

@policy("see_order")
class Orders(rest.Aggregate):
    output = Order                                    # a serializer, spelled out
    listing = screens.ORDERS                          # the filters and sort keys of the page
    lookup_field = "number"

    def rows(self):
        return queries.order_rows(self.actor)

    @rest.verb("issue_order", takes=IssueOrder)
    def issue(self, order, asked):
        return orders.issue(order=order, by=self.actor, at=now(), **asked.seen, **asked.data)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.screens.finding import find
from foundation.screens.lists import List, paging, state
from foundation.screens.policy import NotAllowed, admits
from foundation.values.actor import Actor

KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True, description="Sent twice, it has one effect."
)
LONGEST_KEY = 80
COUNT = serializers.IntegerField(allow_null=True, help_text="Exact up to 1,000; null means more.")


class Nothing(serializers.Serializer):
    """For verbs that need no more than the version that was seen."""

    version = serializers.IntegerField(min_value=0, required=False, help_text="The version you saw; or send If-Match.")


@dataclass(frozen=True)
class Asked:
    """What a call brought along: its data, and what the door needs."""

    data: dict[str, Any]
    key: str
    version: int | None

    @property
    def seen(self) -> dict[str, Any]:
        """``{"seen": version, "key": key}``, as a form's ``answer.seen``."""
        if self.version is None:
            raise BadRequest(_("Say which version you saw: “version” in the body or the header If-Match."))
        return {"seen": self.version, "key": self.key}


class Aggregate(viewsets.ViewSet):
    """The base of every ``api.py``. Subclasses give ``output`` and ``rows()``, ``listing`` if there is a list."""

    output: ClassVar[type[serializers.BaseSerializer]]
    listing: ClassVar[List | None] = None
    policy: ClassVar[tuple[str, ...]]
    lookup_field = "number"
    lookup_value_regex = "[^/]+"

    def __init_subclass__(cls, **more: Any) -> None:
        """Describe the lists and the rows of each aggregate by its own output."""
        super().__init_subclass__(**more)
        if output := getattr(cls, "output", None):
            fields = {"results": output(many=True), "after": serializers.CharField(allow_null=True), "count": COUNT}
            body = {**fields, "__module__": cls.__module__}
            page = extend_schema_serializer(many=False)(type(f"{cls.__name__}Page", (serializers.Serializer,), body))
            extend_schema_view(list=extend_schema(responses=page), retrieve=extend_schema(responses=output))(cls)

    def rows(self) -> QuerySet:
        """What the caller may see, with everything that ``output`` shows."""
        raise NotImplementedError

    @property
    def serializer_class(self) -> type[serializers.BaseSerializer]:
        """What every verb answers with, for the API's description."""
        return self.output

    @property
    def actor(self) -> Actor:
        """Who calls. (``request.actor`` too, for those who have the request in hand.)"""
        return self.request._request.actor  # type: ignore[attr-defined]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Sign-in, throttle, then the policy of the verb or of the whole aggregate."""
        super().initial(request, *args, **kwargs)
        actor = getattr(request.auth, "actor", None) or self.actor
        request._request.actor = actor  # type: ignore[attr-defined]
        handler = getattr(self, self.action or "", None)
        allowed = getattr(handler, "policy", None) or self.policy
        if not admits(actor, allowed):
            if actor is None:
                raise NotAuthenticated
            raise NotAllowed(allowed)

    @extend_schema(parameters=[OpenApiParameter("after", str), OpenApiParameter("sort", str)])
    def list(self, request: Request) -> Response:
        """One page, in the order asked for; ``after`` leads to the next."""
        listing = self.listing
        if listing is None:
            self.http_method_not_allowed(request)
            raise AssertionError
        refuse_unknown(listing, request)
        here = state.read(listing, request.query_params)
        page = paging.page(here.narrow(self.rows(), self.actor), here)
        shown = self.output(page.rows, many=True, context={"request": request}).data
        return Response({"results": shown, "after": page.after or None, "count": page.count})

    def retrieve(self, request: Request, **where: str) -> Response:
        return self.shown(self.found(**where))

    def insist(self, *verbs: str) -> None:
        """For ``create`` and other methods without a row: the caller holds one of these verbs somewhere."""
        if not admits(self.actor, verbs):
            raise NotAllowed(verbs)

    def found(self, **where: str) -> Any:
        """The document of the address, or 404."""
        return find(self.rows(), **where)

    def shown(self, row: Model, status: int = 200) -> Response:
        response = Response(self.output(row, context={"request": self.request}).data, status=status)
        if hasattr(row, "version"):
            response["ETag"] = f'"{row.version}"'
        return response

    def asked(self, takes: type[serializers.Serializer]) -> Asked:
        """Read the body, its key and its version; unknown fields are refused by name, never ignored."""
        request = self.request
        if not isinstance(request.data, dict):
            raise serializers.ValidationError(_("Send a JSON object."))
        reader = takes(data=request.data, context={"request": request})
        refuse_unknown_fields(reader, request.data)
        reader.is_valid(raise_exception=True)
        data = dict(reader.validated_data)
        return Asked(data=data, version=version_of(request, data.pop("version", None)), key=key_of(request))


def verb(
    name: str, *, takes: type[serializers.Serializer] = Nothing, called: str = "", **more: Any
) -> Callable[[Any], Any]:
    """A POST sub-resource of a document: ``/orders/PO-1/issue/``. It calls one action and shows the document.

    ``called`` is its word in the address where the method cannot have that name: the framework takes ``post`` and its
    like for answers to every POST, which would run the verb on the list's own address.
    """

    def wrap(method: Callable[[Any, Any, Asked], Model]) -> Any:
        def run(self: Aggregate, request: Request, **where: str) -> Response:
            document = self.found(**where)
            return self.shown(method(self, document, self.asked(takes)))

        if method.__name__ in Aggregate.http_method_names:
            raise TypeError(f"A verb named {method.__name__} would answer every such request: name it by called=...")
        run.__name__, run.__doc__ = method.__name__, method.__doc__
        path = called or method.__name__.replace("_", "-")
        made: Any = action(detail=True, methods=["post"], url_path=path, url_name=path, **more)(run)
        made.policy = (name,)
        return extend_schema(request=takes, parameters=[KEY])(made)

    return wrap


def key_of(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not (key.isascii() and key.isprintable() and 8 <= len(key) <= LONGEST_KEY):
        raise BadRequest(_("Send a header Idempotency-Key of 8 to 80 characters, new for every new request."))
    return key


def version_of(request: Request, in_body: int | None) -> int | None:
    if in_body is not None:
        return in_body
    text = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if text and not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadRequest(_("If-Match carries the version, as in the ETag of the document."))
    return int(text) if text else None


def refuse_unknown(listing: List, request: Request) -> None:
    known = {"after", "before", "sort", "size"}
    for one in listing.filters:
        known |= {one.key, f"{one.key}_from", f"{one.key}_to"} if one.widget == "dates" else {one.key}
    if unknown := sorted(set(request.query_params) - known):
        said = {"name": unknown[0][:40], "known": ", ".join(sorted(known))}
        raise BadRequest(_("There is no parameter “%(name)s”. There are: %(known)s.") % said)


def refuse_unknown_fields(reader: serializers.Serializer, data: dict[str, Any]) -> None:
    """One level down as well: lines are where somebody tries a field that is not theirs."""
    faults: dict[str, Any] = {name: [_("There is no such field.")] for name in data if name not in reader.fields}
    for name, field in reader.fields.items():
        child = getattr(field, "child", field)
        if isinstance(child, serializers.Serializer):
            inner = data.get(name)
            for row in inner if isinstance(inner, list) else [inner]:
                if isinstance(row, dict) and (unknown := sorted(set(row) - set(child.fields))):
                    faults[f"{name}.{unknown[0]}"] = [_("There is no such field.")]
    if faults:
        raise serializers.ValidationError(faults)
