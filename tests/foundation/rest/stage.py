"""An API of cases to try the contract on."""

from typing import Any

from django.db.models import QuerySet
from django.urls import include, path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from foundation import rest
from foundation.screens.policy import policy
from governance.cases.models import Case
from tests.foundation.screens import stage


class CaseOut(serializers.Serializer):
    number = serializers.CharField()
    summary = serializers.CharField()
    root_cause = serializers.CharField()
    version = serializers.IntegerField()


class NoteCase(rest.Nothing):
    text = serializers.CharField(max_length=40)


class Line(serializers.Serializer):
    quantity = serializers.DecimalField(20, 6, min_value=0)


class OpenCase(serializers.Serializer):
    summary = serializers.CharField(max_length=40)
    lines = Line(many=True, required=False)


@policy("see_case")
class Cases(rest.Aggregate):
    """Cases, for tests."""

    output = CaseOut
    listing = stage.CASES

    def rows(self) -> QuerySet:
        return Case.objects.visible_to(self.actor).order_by("pk")

    @rest.verb("work_case", takes=NoteCase)
    def note(self, case: Case, asked: rest.Asked) -> Case:
        return stage.note(case=case, by=self.actor, at=stage.AT, **asked.seen, **asked.data)

    def create(self, request: Request) -> Response:
        self.insist("work_case")
        asked = self.asked(OpenCase)
        return Response({"key": asked.key, "data": str(asked.data)}, status=201)

    @rest.verb("see_case")
    def explode(self, case: Case, asked: rest.Asked) -> Any:
        raise RuntimeError("a defect")


router = SimpleRouter()
router.register("cases", Cases, basename="case")
urlpatterns = [
    path("api/v1/", include((router.urls, "api"))),
    path("stage/", include((stage.own, "stage"))),
    path("", include("config.urls.internal")),
]
handler404 = "foundation.screens.handlers.missing"
handler500 = "foundation.screens.handlers.broken"
handler400 = "foundation.screens.handlers.bad_request"
handler403 = "foundation.screens.handlers.not_allowed"
