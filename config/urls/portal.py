"""Addresses: what suppliers reach, all of it from the ``portal.py`` files, all of it named ``portal:...``."""

from django.urls import include, path

from config.urls.house import of_packages

urlpatterns = [path("", include((of_packages("portal_urls"), "portal")))]

handler400 = "foundation.screens.handlers.bad_request"
handler403 = "foundation.screens.handlers.not_allowed"
handler404 = "foundation.screens.handlers.missing"
handler500 = "foundation.screens.handlers.broken"
