"""Addresses of what is to order."""

from django.urls import path

from procurement.pool import views

urlpatterns = [
    path("pool/", views.pool, name="pool"),
    path("pool/group/", views.group, name="pool-group"),
    path("pool/draft/", views.draft, name="pool-draft"),
]
