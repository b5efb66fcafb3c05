"""How an aggregate describes itself in the API's reference: by its own words, under names that stay apart."""

from drf_spectacular.openapi import AutoSchema
from rest_framework.serializers import BaseSerializer


class Description(AutoSchema):
    def get_description(self) -> str:
        """What the verb says of itself. The base's own sentences are for those who write one."""
        method = getattr(self.view, getattr(self.view, "action", "") or self.method.lower(), None)
        return (getattr(method, "__doc__", None) or "").strip()

    def get_serializer_name(self, serializer: BaseSerializer, direction: str) -> str:
        """``orders.WithReason``: two aggregates may use one word, each for its own."""
        kind = type(serializer)
        folder = kind.__module__.split(".")[-2]
        return f"{folder}.{super().get_serializer_name(serializer, direction)}"
