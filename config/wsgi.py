"""The web process: back office or portal, as COUNTERSIGN_PROCESS says. It does not start with an unguarded route."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
application = get_wsgi_application()

from foundation.screens import policies  # noqa: E402  needs the applications loaded

policies.insist()
