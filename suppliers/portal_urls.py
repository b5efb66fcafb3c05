"""What a supplier sees first, and what became of what he sent."""

from django.urls import path

from suppliers import portal
from suppliers.colleagues import portal as colleagues
from suppliers.disputes import portal as disputes
from suppliers.onboarding import portal as company
from suppliers.scorecards import portal as scorecards
from suppliers.submissions import portal as submissions

urlpatterns = [
    path("", portal.start, name="start"),
    path("help/", portal.help_page, name="help"),
    path("company/", company.company, name="company"),
    path("company/data/", company.say, name="company-say"),
    path("company/bank/", company.bank, name="company-bank"),
    path("company/documents/<str:code>/", company.send, name="company-document"),
    path("company/files/<uuid:public_id>/", company.file, name="company-file"),
    path("colleagues/", colleagues.colleagues, name="colleagues"),
    path("colleagues/let-in/", colleagues.let_in, name="colleague-in"),
    path("colleagues/<int:pk>/roles/", colleagues.give_roles, name="colleague-roles"),
    path("colleagues/<int:pk>/shut-out/", colleagues.shut_out, name="colleague-out"),
    path("sent/<uuid:public_id>/", submissions.sent, name="sent"),
    path("sent/together/<slug:key>/", submissions.sent_together, name="sent-together"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/<uuid:public_id>/", disputes.dispute, name="dispute"),
    path("disputes/<uuid:public_id>/reply/", disputes.reply, name="dispute-reply"),
    path("disputes/<uuid:public_id>/propose/", disputes.propose, name="dispute-propose"),
    path("disputes/<uuid:public_id>/agree/", disputes.agree, name="dispute-agree"),
    path("disputes/<uuid:public_id>/refuse/", disputes.refuse, name="dispute-refuse"),
    path("disputes/files/<uuid:public_id>/", disputes.file, name="dispute-file"),
    path("scorecard/", scorecards.scorecard, name="scorecard"),
    path("scorecard/<slug:measure>/", scorecards.cases, name="scorecard-cases"),
    path("scorecard/cases/<uuid:public_id>/contest/", scorecards.contest, name="scorecard-contest"),
]
