"""The product as it is deployed, but for one thing: a client of a bench is not told to slow down."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-one-bench-on-this-machine-" + "x" * 30)

from config.settings.production import *

REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
