"""Write docs/lifecycles/*.md from the real machines: ``manage.py lifecycles [--check]``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify

from foundation.lifecycles import diagrams

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "lifecycles"


def pages() -> dict[str, str]:
    """File name -> content, one for each lifecycle, and a table of contents."""
    found = {
        f"{slugify(str(model._meta.verbose_name))}.md": (str(model._meta.verbose_name), diagrams.page(model, field))
        for model, field in diagrams.living()
    }
    contents = "".join(f"- [{title.capitalize()}]({name})\n" for name, (title, _) in sorted(found.items()))
    index = f"# Lifecycles\n\nWritten by `manage.py lifecycles`; do not edit.\n\n{contents}"
    return {name: text for name, (_, text) in found.items()} | {"README.md": index}


class Command(BaseCommand):
    help = "Draw every lifecycle as a mermaid diagram in docs/lifecycles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is out of date")
        parser.add_argument("--folder", type=Path, default=FOLDER)

    def handle(self, *args: Any, **options: Any) -> None:
        folder, wanted = options["folder"], pages()
        there = {path.name: path.read_text() for path in folder.glob("*.md")} if folder.is_dir() else {}
        if options["check"]:
            if there != wanted:
                differ = sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))
                raise CommandError(f"Run manage.py lifecycles; out of date: {', '.join(differ)}")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in there.keys() - wanted.keys():
            (folder / name).unlink()
        for name, text in wanted.items():
            (folder / name).write_text(text)
        self.stdout.write(f"{len(wanted)} pages in {folder}")
