"""Addresses of exceptions."""

from django.urls import path

from governance.cases.kinds import SLOTS
from governance.cases.views import listing, page, panels, verbs

urlpatterns = [
    path("exceptions/", listing.cases_page, name="cases"),
    path("exceptions/take/", listing.take_many, name="cases-take"),
    path("exceptions/<str:number>/", page.page, name="case"),
    path("exceptions/<str:number>/ways/", page.ways, name="case-ways"),
    path("exceptions/<str:number>/resolve/", verbs.resolve, name="case-resolve"),
    path("exceptions/<str:number>/take/", verbs.take, name="case-take"),
    path("exceptions/<str:number>/work/", verbs.work, name="case-work"),
    path("exceptions/<str:number>/hand-over/", verbs.hand_over, name="case-hand-over"),
    path("exceptions/<str:number>/ask/", verbs.ask, name="case-ask"),
    path("exceptions/<str:number>/note/", verbs.note, name="case-note"),
    path("exceptions/<str:number>/close/", verbs.close, name="case-close"),
    path("exceptions/<str:number>/reopen/", verbs.reopen, name="case-reopen"),
]
urlpatterns += [
    path(f"panels/{slot}/<str:number>/exceptions/", panels.about, {"label": label}, name=f"{slot}-cases")
    for slot, label in SLOTS.items()
]
