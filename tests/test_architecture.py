"""The house holds: imports point down, files fit in a head, statuses change only through moves."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES, FUNCTION_LINES = 400, 60
PACKAGES = [
    "config", "foundation", "organization", "governance", "suppliers", "finance", "procurement", "receiving",
    "fulfillment", "integration", "intelligence", "world",
]  # fmt: skip


def production() -> list[Path]:
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return sorted(path for path in files if "migrations" not in path.parts)


def functions(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def test_imports_point_down() -> None:
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert found.returncode == 0, found.stdout


def test_an_upward_import_would_be_found(tmp_path: Path) -> None:
    """The twin: the same contracts over a copy with one import that points up."""
    for package in PACKAGES:
        (tmp_path / package).symlink_to(ROOT / package)
    (tmp_path / "foundation").unlink()
    subprocess.run(["cp", "-r", ROOT / "foundation", tmp_path / "foundation"], check=True)
    (tmp_path / "foundation" / "upward.py").write_text("import procurement.orders.models\n")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    found = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=tmp_path, capture_output=True, text=True
    )
    assert "foundation.upward -> procurement.orders.models" in found.stdout


def test_files_fit_in_a_head(capsys: pytest.CaptureFixture[str]) -> None:
    code = [
        path for path in production() if path.relative_to(ROOT).parts[:2] != ("world", "trade")
    ]  # lists of goods and names
    sizes = sorted(((len(path.read_text().splitlines()), path) for path in code), reverse=True)
    with capsys.disabled():
        sys.stdout.write("\nLongest files:\n")
        sys.stdout.writelines(f"{lines:5} {path.relative_to(ROOT)}\n" for lines, path in sizes[:10])
    assert sizes[0][0] <= FILE_LINES


def test_functions_are_stories_not_novels(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = sorted((found for path in production() for found in functions(path)), reverse=True)
    with capsys.disabled():
        sys.stdout.write("\nLongest functions:\n")
        sys.stdout.writelines(f"{lines:5} {name}\n" for lines, name in sizes[:10])
    assert sizes[0][0] <= FUNCTION_LINES


def test_nobody_sets_a_status_by_update() -> None:
    """``queryset.update(status=...)`` goes around the machine; the database would refuse it, but late."""
    living = {"status"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in production()
        if "journal" not in path.parts and path.name != "jobs.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "update"
        and any(keyword.arg in living for keyword in node.keywords)
    ]
    allowed = ("organization/notifications", "foundation/jobs")
    assert [place for place in found if not place.startswith(allowed)] == []


def test_lifecycles_ask_no_database() -> None:
    """A lifecycle is a page of life: states, guards, moves. It imports nothing that could query."""
    for path in production():
        if path.name == "lifecycle.py":
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Attribute):
                    assert node.attr not in ("objects", "_base_manager"), path
