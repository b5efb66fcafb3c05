"""Addresses of lines' ways."""

from django.urls import path

from procurement.lineage import views

urlpatterns = [path("lineage/<uuid:lineage>/", views.lineage, name="lineage")]
