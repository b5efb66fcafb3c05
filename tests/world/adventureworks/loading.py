"""The command as somebody types it, and sources that say something else."""

import gzip
import io
from pathlib import Path

from django.core.management import call_command


def load(folder: Path, orders: int) -> str:
    out = io.StringIO()
    call_command("adventureworks", str(folder), orders=orders, stdout=out, stderr=out)
    return out.getvalue()


def altered(folder: Path, into: Path, **tables: tuple[str, str]) -> Path:
    """The source with one piece of text replaced in some of its files."""
    into.mkdir()
    for path in folder.iterdir():
        name = path.name.partition(".")[0]
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        old, new = tables.get(name, ("", ""))
        assert old.encode() in content
        (into / f"{name}.csv").write_bytes(content.replace(old.encode(), new.encode(), 1) if old else content)
    return into
