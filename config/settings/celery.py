"""Celery is a doorbell, never a ledger: what it loses, the relay and the clock bring again."""

from config.settings.cache import REDIS_URL

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "deliver"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "health_check_interval": 15,
}
CELERY_TASK_ROUTES = {
    "foundation.journal.tasks.*": {"queue": "deliver"},
    "foundation.jobs.tasks.*": {"queue": "report"},
    "integration.imports.tasks.*": {"queue": "import"},
    "organization.notifications.tasks.*": {"queue": "mail"},
    "*.clock_*": {"queue": "clock"},
}
CELERY_BEAT_SCHEDULE = {
    "seal_the_journal": {"task": "foundation.journal.tasks.clock_seal", "schedule": 60.0},
    "run_jobs": {"task": "foundation.jobs.tasks.clock_jobs", "schedule": 5.0},
    "run_imports": {"task": "integration.imports.tasks.clock_imports", "schedule": 5.0},
    "escalate_approvals": {"task": "governance.tasks.clock_approvals", "schedule": 60.0},
    "escalate_cases": {"task": "governance.tasks.clock_cases", "schedule": 60.0},
    "end_roles": {"task": "organization.tasks.clock_roles", "schedule": 60.0},
    "forget_what_ran_out": {"task": "organization.tasks.clock_doors", "schedule": 3600.0},
    "watch_access": {"task": "governance.tasks.clock_access", "schedule": 60.0},
    "begin_matrices": {"task": "governance.tasks.clock_matrices", "schedule": 60.0},
    "expire_parameters": {"task": "governance.tasks.clock_parameters", "schedule": 60.0},
    "end_waivers": {"task": "governance.tasks.clock_waivers", "schedule": 60.0},
    "reckon_scorecards": {"task": "intelligence.tasks.clock_performance", "schedule": 300.0},
    "chase_what_is_late": {"task": "procurement.tasks.clock_chases", "schedule": 60.0},
    "tell_what_ends": {"task": "suppliers.tasks.clock_ends", "schedule": 600.0},
    "send_mail": {"task": "organization.notifications.tasks.clock_mail", "schedule": 15.0},
}
