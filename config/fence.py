"""Database roles: what the back office and the portal may touch, made true after every migration."""

from typing import Any

from django.apps import apps
from django.db import connection


def raise_fence(**_signal: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = 'countersign_app'")
        if not cursor.fetchone():
            return
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"grant select, insert, update, delete on {model._meta.db_table} to countersign_app")
        cursor.execute("grant select on lifecycle_edge, django_migrations to countersign_app")
        cursor.execute("grant usage, select on all sequences in schema public to countersign_app")


def guard(**_signal: Any) -> None: ...
