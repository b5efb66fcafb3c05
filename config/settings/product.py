"""The product's own settings."""

from config.settings.env import ROOT, env

APPROVAL_HOLD_SECONDS = env.float("APPROVAL_HOLD_SECONDS", default=10.0)
"""How long a decision can be taken back before it takes effect."""

APPROVAL_SAMPLE_SHARE = env.float("APPROVAL_SAMPLE_SHARE", default=0.05)
"""The share of documents that nobody was asked about which somebody looks at afterwards."""

TROUBLE_SECONDS = env.float("TROUBLE_SECONDS", default=15.0)
"""How old the answer to "is something behind?" may be that every page shows; 0 asks each time."""

PORTAL_ADDRESS = env.str("PORTAL_ADDRESS", default="http://localhost:8001")
OFFICE_ADDRESS = env.str("OFFICE_ADDRESS", default="http://localhost:8000")

PROXY_COUNT = env.int("PROXY_COUNT", default=0)
"""How many proxies of ours stand before the sites: so many hops of X-Forwarded-For are believed."""

ERP_URL = env.str("ERP_URL", default="http://127.0.0.1:8002")
"""The ERP that orders, receipts and released invoices are delivered to."""
ERP_TOKEN = env.str("ERP_TOKEN", default="")
ERP_KEYED = env.bool("ERP_KEYED", default=True)
"""Whether the ERP keeps idempotency keys; otherwise a doubtful posting is looked up after the settling time."""
ERP_TIMEOUT_SECONDS = env.float("ERP_TIMEOUT_SECONDS", default=10.0)
ERP_SETTLE_SECONDS = env.float("ERP_SETTLE_SECONDS", default=0.0)
"""0 takes twice the time-out, at least a minute."""

FILE_STORE = env.path("FILE_STORE", default=str(ROOT / "var" / "files"))
"""Where uploaded documents are kept, by the hash of their content."""

LIMIT_BODY_BYTES = 20 * 1024 * 1024
LIMIT_DOCUMENT_LINES = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = LIMIT_BODY_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200_000

PARTNER_FOLDER = env.path("PARTNER_FOLDER", default=str(ROOT / "var" / "partners"))
"""Below it each trading partner that is sent to through a gateway has a folder of its own."""
PARTNER_PLAIN_HTTP = env.bool("PARTNER_PLAIN_HTTP", default=False)
"""For tests only: also http, and also this very machine."""
