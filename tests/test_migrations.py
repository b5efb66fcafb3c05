"""The real migrations make the same tables as the models say, from nothing."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from config.databases import drop
from config.settings.apps import HOUSE

OURS = tuple(f"{package}_" for package in HOUSE)
ROOT = Path(__file__).resolve().parent.parent
TABLES = """
select table_name, column_name, data_type, is_nullable from information_schema.columns
where table_schema = 'public' order by 1, 2"""


@pytest.mark.django_db
def test_nothing_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_migrations_make_what_the_models_say() -> None:
    settings = connection.settings_dict
    database = f"{settings['NAME']}_migrated"
    login = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
    with psycopg.connect(**login, dbname="postgres", autocommit=True) as owner:
        drop(owner, database)
        owner.execute(f'create database "{database}"')
    try:
        url = f"postgresql://{login['user']}:{login['password']}@{login['host']}:{login['port']}/{database}"
        environment = {**os.environ, "DATABASE_URL": url, "DATABASE_OWNER_URL": url, "COUNTERSIGN_PROCESS": "owner"}
        environment["DJANGO_SETTINGS_MODULE"] = "config.settings.local"
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
        with psycopg.connect(**login, dbname=database) as migrated:
            made = set(migrated.execute(TABLES).fetchall())
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            said = set(cursor.fetchall())
        assert {row for row in said ^ made if row[0].startswith(OURS)} == set()
    finally:
        with psycopg.connect(**login, dbname="postgres", autocommit=True) as owner:
            drop(owner, database)
