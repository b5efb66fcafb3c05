"""Addresses of requests."""

from django.urls import path

from procurement.requisitions.views import listing, page, writing

urlpatterns = [
    path("requests/", listing.requests, name="requests"),
    path("requests/new/", writing.new, name="request-new"),
    path("requests/preview/", writing.rail, name="request-preview"),
    path("requests/items/", writing.items, name="request-items"),
    path("requests/urgent/", listing.urgent, name="requests-urgent"),
    path("requests/<str:number>/", page.page, name="request"),
    path("requests/<str:number>/edit/", writing.edit, name="request-edit"),
    path("requests/<str:number>/submit/", page.submit, name="request-submit"),
    path("requests/<str:number>/withdraw/", page.withdraw, name="request-withdraw"),
    path("requests/<str:number>/cancel/", page.cancel, name="request-cancel"),
    path("requests/<str:number>/cancel-remainder/", page.cancel_remainder, name="request-cancel-remainder"),
    path("requests/<str:number>/nudge/", page.nudge, name="request-nudge"),
    path("requests/<str:number>/break-glass/", page.break_glass, name="request-break-glass"),
    path("requests/<str:number>/copy/", page.copy, name="request-copy"),
]
