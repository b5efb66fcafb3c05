"""The demo and a developer's machine."""

from config.settings import *
