"""The demo and a developer's machine."""

from config.settings import *
from config.settings.env import env

STEP_UP_ASKS = env.str("STEP_UP_ASKS", default="enrolled")
