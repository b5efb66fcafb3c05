"""Write the house's migrations anew from its models, for as long as nothing is released.

``makemigrations`` splits what it meets in a circle of packages: tables first, keys, indexes and constraints one by one
afterwards. Each of those steps renders every model that is near it, and that is what ``migrate`` spends its time on.
Here tables are sorted by what they point to, across packages, so that each is made whole; those of a migration are made
by one step, and a key that closes a circle of tables is added after them.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.state import ModelState
from django.db.migrations.writer import MigrationWriter

from config.settings.apps import HOUSE
from foundation.migrating import CreateModels

Name = tuple[str, str]
"""A model: package and name, in small letters."""
OPTIONS = ("indexes", "constraints", "unique_together")


class Command(BaseCommand):
    help = "Write all migrations of the house anew. Only while nothing is released."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be written")

    def handle(self, **given: Any) -> None:
        models = [model for app in HOUSE for model in apps.get_app_config(app).get_models()]
        rows = {_name(model): ModelState.from_model(model) for model in models}
        parts = runs(sorted_by_need(rows))
        made = written(parts, rows)
        for one in made:
            self.stdout.write(f"{one.app_label}.{one.name}: {len(one.operations[0].models)} tables")
        if not given["dry_run"]:
            save(made)


def _name(model: Any) -> Name:
    return model._meta.app_label, model._meta.model_name


def needs(state: ModelState) -> dict[str, Name]:
    """Field -> the model it points to, its own left out."""
    found = {}
    for field_name, field in state.fields.items():
        if remote := getattr(field.remote_field, "model", None):
            app, _, name = (remote if isinstance(remote, str) else remote._meta.label).lower().partition(".")
            if (app, name) != (state.app_label, state.name_lower):
                found[field_name] = (app, name)
    return found


def sorted_by_need(rows: dict[Name, ModelState]) -> list[Name]:
    """What is pointed to comes first; of several that could come, one of the package at hand."""
    left, done, app = dict(rows), [], "organization"  # where Django's own packages look for the people, in its first
    while left:
        free = [name for name, state in left.items() if not any(other in left for other in needs(state).values())]
        free = free or [min(left, key=lambda name: sum(other in left for other in needs(left[name]).values()))]
        near = [name for name in free if name[0] == app] or free
        app = near[0][0]
        done.append(near[0])
        del left[near[0]]
    return done


def runs(order: list[Name]) -> list[list[Name]]:
    """Neighbours of one package make one migration."""
    found: list[list[Name]] = []
    for name in order:
        if found and found[-1][0][0] == name[0]:
            found[-1].append(name)
        else:
            found.append([name])
    return found


def written(parts: list[list[Name]], rows: dict[Name, ModelState]) -> list[migrations.Migration]:
    made: list[migrations.Migration] = []
    home: dict[Name, migrations.Migration] = {}
    late: list[tuple[Name, str]] = []
    for part in parts:
        app = part[0][0]
        number = sum(one.app_label == app for one in made) + 1
        migration = migrations.Migration(f"{number:04d}_initial", app)
        tables: list[CreateModel] = []
        migration.initial, migration.operations, migration.dependencies = True, [CreateModels(tables)], []
        for name in part:
            home[name] = migration
            closing = [field for field, other in needs(rows[name]).items() if other in rows and other not in home]
            late += [(name, field) for field in closing]
            tables.append(_creation(rows[name], without=closing))
            _depend(migration, [other for field, other in needs(rows[name]).items() if field not in closing], home)
        for name, field in [one for one in late if needs(rows[one[0]])[one[1]] in home]:
            late.remove((name, field))
            last = next(one for one in reversed([*made, migration]) if one.app_label == name[0])
            last.operations.append(AddField(name[1], field, rows[name].fields[field]))
            _depend(last, [needs(rows[name])[field]], home)
        if number > 1:
            before = next(one for one in reversed(made) if one.app_label == app)
            migration.dependencies.append((app, before.name))
        made.append(migration)
    assert not late, f"Left over: {late}"
    return made


def _creation(state: ModelState, *, without: list[str]) -> CreateModel:
    for option in OPTIONS:
        said = state.options.get(option)
        assert not (without and option in ("constraints", "unique_together") and said and _speaks_of(said, without)), (
            f"{state.name} closes a circle with a key that a constraint needs: {without}."
        )
    fields = [(name, field) for name, field in state.fields.items() if name not in without]
    return CreateModel(state.name, fields, _options(state), state.bases, state.managers)


def _options(state: ModelState) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in state.options.items() if value or value is False}


def _speaks_of(said: Any, fields: list[str]) -> bool:
    return any(name in repr(said) for name in fields)


def _depend(migration: migrations.Migration, others: list[Name], home: dict[Name, migrations.Migration]) -> None:
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    for app, name in others:
        near = home.get((app, name))
        if near is migration:
            continue
        key = (near.app_label, near.name) if near else loader.graph.leaf_nodes(app)[0]
        if key not in migration.dependencies:
            migration.dependencies.append(key)


def save(made: list[migrations.Migration]) -> None:
    for app in HOUSE:
        folder = Path(apps.get_app_config(app).path) / "migrations"
        for old in folder.glob("0*.py"):
            old.unlink()
    for migration in made:
        migration.dependencies.sort()
        writer = MigrationWriter(migration, include_header=False)
        Path(writer.path).write_text(writer.as_string())
