"""The environment, read in one place."""

from pathlib import Path

import environ

env = environ.Env()
ROOT = Path(__file__).resolve().parent.parent.parent

PROCESS = env.str("COUNTERSIGN_PROCESS", default="app")
"""Which process this is: ``app`` (back office, relay, worker), ``portal`` (suppliers) or ``owner`` (migrations)."""
