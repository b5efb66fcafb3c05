"""Addresses of waivers."""

from django.urls import path

from governance.waivers import views

urlpatterns = [
    path("waivers/", views.waivers, name="waivers"),
    path("waivers/new/", views.new, name="waiver-new"),
    path("waivers/<int:pk>/", views.waiver, name="waiver"),
    path("waivers/<int:pk>/grant/", views.grant, name="waiver-grant"),
    path("waivers/<int:pk>/reject/", views.reject, name="waiver-reject"),
    path("waivers/<int:pk>/revoke/", views.revoke, name="waiver-revoke"),
    path("waivers/<int:pk>/withdraw/", views.withdraw, name="waiver-withdraw"),
]
