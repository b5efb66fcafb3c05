"""Addresses of the authority matrix and of delegations."""

from django.urls import path

from governance.authority.views import delegations, drafting, editing, matrices, replaying, rerouting, trying

urlpatterns = [
    path("authority/", matrices.versions, name="authority"),
    path("authority/draft/", drafting.draft, name="matrix-draft"),
    path("authority/<int:number>/", matrices.page, name="matrix"),
    path("authority/<int:number>/cancel-plan/", matrices.cancel_plan, name="matrix-cancel-plan"),
    path("authority/<int:number>/check/", matrices.check, name="matrix-check"),
    path("authority/<int:number>/compare/", matrices.compare, name="matrix-compare"),
    path("authority/<int:number>/edit/", editing.edit, name="matrix-edit"),
    path("authority/<int:number>/file/<str:kind>/", drafting.as_file, name="matrix-file"),
    path("authority/<int:number>/open/", rerouting.open_requests, name="matrix-open"),
    path("authority/<int:number>/open/ask/", rerouting.ask_anew, name="matrix-open-ask"),
    path("authority/<int:number>/publish/", matrices.publish, name="matrix-publish"),
    path("authority/<int:number>/replay/", replaying.replay, name="matrix-replay"),
    path("authority/<int:number>/replay/start/", replaying.start, name="matrix-replay-start"),
    path("authority/<int:number>/try/", trying.try_out, name="matrix-try"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/lend/", delegations.lend, name="delegation-lend"),
    path("delegations/<int:pk>/end/", delegations.end, name="delegation-end"),
]
