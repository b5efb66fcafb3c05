"""Where the real input lies: the folder that SAMPLES names, else ``shared/samples`` beside the project."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def sample(name: str) -> Path:
    """A folder of samples; whoever does not have it is told which test that skips, and why."""
    folder = Path(os.environ.get("SAMPLES") or ROOT.parent / "shared" / "samples") / name
    if not folder.is_dir():
        pytest.skip(f"There is no {folder}: set SAMPLES to the folder that holds {name}.")
    return folder
