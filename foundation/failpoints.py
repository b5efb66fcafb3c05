"""Places where a test may pull the plug. Nothing is armed outside tests."""

import os
import signal

armed: dict[str, int] = {}
"""Name -> how many more passes until the process kills itself."""


def failpoint(name: str) -> None:
    """Die here, as by ``kill -9``, when a test has armed this place."""
    if name in armed:
        armed[name] -= 1
        if armed[name] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def arm_from_environment() -> None:
    """``FAILPOINT=name:passes,name:passes`` arms places in a process that a test starts."""
    for place in filter(None, os.environ.get("FAILPOINT", "").split(",")):
        name, _, passes = place.partition(":")
        armed[name] = int(passes or 1)
