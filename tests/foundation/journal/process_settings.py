"""Settings of the processes that tests start: the services are there already, and somebody listens."""

import os

from config.settings import *
from config.settings.database import login

DATABASES = {"default": login("owner")}
PASSWORD_HASHERS = ["tests.hashers.QuickHasher"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.foundation.journal.listening.Listening"]
RECEIVER = int(os.environ.get("RECEIVER", "0"))
CELERY_WORKER_HIJACK_ROOT_LOGGER = True
