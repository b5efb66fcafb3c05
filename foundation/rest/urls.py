"""Addresses of the API's own description."""

from django.urls import path

from foundation.rest import views

app_name = "rest"
urlpatterns = [
    path("schema.json", views.schema_file, name="schema"),
    path("", views.reference, name="reference"),
]
