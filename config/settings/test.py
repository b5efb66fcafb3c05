"""Tests: a real PostgreSQL and a real Valkey, started here when nobody gave their addresses."""

import os

from config import localservices

SERVICES = None
if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
    SERVICES = localservices.start_for_tests()

from config.settings import *  # noqa: E402
from config.settings.database import login  # noqa: E402

DATABASES = {"default": login("owner")}
CELERY_BROKER_URL = os.environ["REDIS_URL"]  # read before the services had started
PASSWORD_HASHERS = ["tests.hashers.QuickHasher"]
WHITENOISE_MAX_AGE = 10 * 365 * 86400  # seconds: where it is March again, files of today would be too old
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ERP_URL = os.environ.get(
    "ERP_URL", "http://127.0.0.1:9"
)  # nothing listens there: a demo beside the tests is not theirs
APPROVAL_HOLD_SECONDS = 0.0
APPROVAL_SAMPLE_SHARE = 0.0
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
CACHES["default"]["LOCATION"] = f"{CELERY_BROKER_URL.rpartition('/')[0]}/{WORKER}"  # nobody clears another's cache
