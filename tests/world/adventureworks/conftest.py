"""Where the samples lie, and where the files of a load go."""

from pathlib import Path
from typing import Any

import pytest

from tests.samples import sample


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILE_STORE = tmp_path / "files"
    return sample("adventureworks")
