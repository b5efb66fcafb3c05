"""PostgreSQL, 15 or newer. Each process connects as its own role."""

from config.settings.env import PROCESS, env

LIMITS = "-c lock_timeout=3s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s"
URLS = {"app": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "portal": "DATABASE_PORTAL_URL"}


def login(role: str, **options: object) -> dict:
    """The connection of one database role; without its own URL it falls back to DATABASE_URL."""
    fallback = env.db_url("DATABASE_URL", default="postgresql://countersign@127.0.0.1:5432/countersign")
    url = env.db_url(URLS[role], default=None) if env.str(URLS[role], default="") else fallback
    return {
        **url,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "" if role == "owner" else LIMITS},
        **options,
    }


DATABASES = {"default": login(PROCESS, ATOMIC_REQUESTS=PROCESS == "portal")}
