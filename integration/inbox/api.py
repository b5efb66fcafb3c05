"""Messages over HTTP: post the bytes as they are; read what became of them; settle what waits."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from foundation import rest
from foundation.rest.authentication import SessionAuthentication
from foundation.rest.parsers import StrictJSONParser, TooLarge
from foundation.rest.viewsets import KEY, Asked, key_of
from foundation.screens.policy import policy
from integration.clients.authentication import BearerAuthentication
from integration.inbox import acknowledging, queries, reading
from integration.inbox import actions as inbox
from integration.inbox.models import InboundMessage
from integration.inbox.views import MESSAGES
from suppliers.suppliers.models import Channel


class RawParser(BaseParser):
    """The body as it is, whatever its content type says: what it really is, the reader finds out."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> bytes:
        raw: bytes = stream.read(settings.LIMIT_BODY_BYTES + 1)
        if len(raw) > settings.LIMIT_BODY_BYTES:
            raise TooLarge(_("A message may have at most %(n)s MB.") % {"n": settings.LIMIT_BODY_BYTES // 2**20})
        return raw


class FaultOut(serializers.Serializer):
    level = serializers.CharField()
    code = serializers.CharField()
    where = serializers.CharField()
    sentence = serializers.CharField()


class MessageOut(serializers.Serializer):
    id = serializers.IntegerField()
    status = serializers.CharField()
    kind = serializers.CharField()
    type = serializers.CharField()
    sender = serializers.CharField()
    receiver = serializers.CharField()
    interchange = serializers.CharField()
    group = serializers.CharField()
    control = serializers.CharField()
    number = serializers.CharField()
    is_test = serializers.BooleanField()
    received_at = serializers.DateTimeField()
    first = serializers.IntegerField(source="original_id", allow_null=True)
    faults = FaultOut(many=True)
    reasons = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()


class Refusal(rest.Nothing):
    reason = serializers.CharField(max_length=inbox.LONGEST_REASON)


@policy("see_message", policy.CLIENT)
class Inbound(rest.Aggregate):
    """What suppliers' systems sent. They bring it themselves, or somebody who may bring all."""

    authentication_classes = [BearerAuthentication, SessionAuthentication]

    output = MessageOut
    listing = MESSAGES
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def get_parsers(self) -> list[BaseParser]:
        """Bytes where messages are brought, JSON everywhere else."""
        return [RawParser()] if "create" in (self.action_map or {}).values() else [StrictJSONParser()]

    def rows(self) -> QuerySet[InboundMessage]:
        return queries.message_rows(self.actor)

    @extend_schema(
        request={"application/octet-stream": OpenApiTypes.BINARY},
        parameters=[KEY],
        responses={201: MessageOut(many=True)},
    )
    def create(self, request: Request) -> Response | HttpResponse:
        """Bring a file of messages. 201 says that it is kept; each message says what became of it.

        cXML is answered as its senders expect: with a Response in cXML, and without an Idempotency-Key the same bytes
        are the same request.
        """
        raw = request.data
        if not raw:
            raise BadRequest(_("Send the message as the body of the request."))
        is_cxml = reading.is_cxml(raw)
        key = sha256(raw).hexdigest() if is_cxml and "Idempotency-Key" not in request.headers else key_of(request)
        brought = inbox.receive(raw, channel=Channel.API, by=self.actor, at=now(), key=key)
        if is_cxml:
            return HttpResponse(acknowledging.in_cxml(brought, at=now()), content_type="text/xml; charset=utf-8")
        return Response(MessageOut(brought, many=True).data, status=201)

    create.policy = ("deliver_message", policy.CLIENT)  # type: ignore[attr-defined]

    @rest.verb("work_message")
    def read_again(self, message: InboundMessage, asked: Asked) -> InboundMessage:
        """Look once more at what was kept, after something was put right."""
        return inbox.read_again(message=message, by=self.actor, at=now(), **asked.seen)

    @rest.verb("work_message", takes=Refusal)
    def refuse(self, message: InboundMessage, asked: Asked) -> InboundMessage:
        """Nothing is booked from it; why is kept for the supplier."""
        return inbox.refuse(message=message, by=self.actor, at=now(), **asked.seen, **asked.data)
