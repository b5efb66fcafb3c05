"""Addresses: the back office and the API."""

from django.urls import include, path

from config.urls.house import of_packages

urlpatterns = [
    *of_packages("urls"),
    path("api/v1/", include("foundation.rest.urls")),
    path("api/v1/", include((of_packages("api_urls"), "api"))),
]

handler400 = "foundation.screens.handlers.bad_request"
handler403 = "foundation.screens.handlers.not_allowed"
handler404 = "foundation.screens.handlers.missing"
handler500 = "foundation.screens.handlers.broken"
