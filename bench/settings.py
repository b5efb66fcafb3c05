"""The product as it is deployed, but that nobody is told to slow down, and a decision takes effect at once."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-one-bench-on-this-machine-" + "x" * 30)

from config.settings.production import *

REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
APPROVAL_HOLD_SECONDS = 0.0
STEP_UP_ASKS = "enrolled"  # nobody here has a passkey: what is measured is the deciding
