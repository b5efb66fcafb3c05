"""Addresses: what suppliers reach, all of it from the ``portal.py`` files."""

from config.urls.house import of_packages

urlpatterns = of_packages("portal_urls")

handler400 = "foundation.screens.handlers.bad_request"
handler403 = "foundation.screens.handlers.not_allowed"
handler404 = "foundation.screens.handlers.missing"
handler500 = "foundation.screens.handlers.broken"
