"""Mail leaves through a delivery (organization.notifications), never from a request."""

from config.settings.env import env

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Countersign <no-reply@countersign.example>")
EMAIL_TIMEOUT = 10
ANSWERS_MAILBOX = env.str("ANSWERS_MAILBOX", default="")
"""``orders@buyer.example``: what suppliers mail back to (``orders+TOKEN@``); ``manage.py receive --mail`` reads it."""
