"""What a supplier sees first, and what became of what he sent."""

from django.urls import path

from suppliers import portal
from suppliers.scorecards import portal as scorecards
from suppliers.submissions import portal as submissions

urlpatterns = [
    path("", portal.start, name="start"),
    path("help/", portal.help_page, name="help"),
    path("sent/<uuid:public_id>/", submissions.sent, name="sent"),
    path("sent/together/<slug:key>/", submissions.sent_together, name="sent-together"),
    path("scorecard/", scorecards.scorecard, name="scorecard"),
    path("scorecard/<slug:measure>/", scorecards.cases, name="scorecard-cases"),
    path("scorecard/cases/<uuid:public_id>/contest/", scorecards.contest, name="scorecard-contest"),
]
