"""Which packages have addresses, bottom to top: ``urls``, ``portal_urls`` and ``api_urls`` of each, if it has them."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLResolver, include, path


def of_packages(module: str) -> list[URLResolver]:
    found = [package for package in settings.HOUSE if find_spec(f"{package}.{module}")]
    return [path("", include(f"{package}.{module}")) for package in found]
