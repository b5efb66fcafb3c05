"""Make the table of the fence true in the database: after every migration, and only if something in it changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.operations import AlterField, DeleteModel, RemoveField
from django.db.models import Model
from django.template.loader import render_to_string

from config.fence.table import Fenced, fenced_models
from foundation.journal.actions import BELL
from foundation.journal.events import subscribers
from organization.people import passkeys
from suppliers.submissions.events import SubmissionReceived

APP, PORTAL = "countersign_app", "countersign_portal"
FUNCTIONS = Path(__file__).with_name("functions.sql")
BESIDES = ("lifecycle_edge",)
"""Tables that are nobody's model and that every role may read."""
LIMITS = {
    "TRIES_ALONE": 5,
    "TRIES_TOGETHER": 20,
    "CODE_TRIES": 5,
    "CODE_MINUTES": 10,
    "CODES_AN_HOUR": 10,
    "LINKS_AN_HOUR": 5,
    "MAILS_AN_HOUR": 60,
    "LINK_DAYS": 30,
    "DEVICE_DAYS": 90,
    "ANSWER_MINUTES": passkeys.ANSWER_MINUTES,
    "FRESH_MINUTES": passkeys.FRESH_MINUTES,
    "LONGEST_ANSWER": passkeys.LONGEST,
}
"""Tries: a minute, of one person from one address and of one address alone. Codes and links: an hour, of one person."""
RETYPED = (AlterField, RemoveField, DeleteModel)
"""What PostgreSQL refuses while a policy names the column."""


def raise_fence(**_signal: Any) -> None:
    """post_migrate: write functions, grants and policies.

    Each table is done in a transaction of its own, so that running processes wait for one table at a time and never
    see one half fenced. A new table has no grant, so that until it is done it is closed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname IN (%s, %s)", [APP, PORTAL])
        if cursor.fetchone() != (2,) or not is_complete(cursor):
            return
        steps = list(statements())
        stamp = hashlib.sha256("\0".join(steps).encode()).hexdigest()
        cursor.execute("SELECT obj_description(to_regnamespace('fence'), 'pg_namespace')")
        if cursor.fetchone() == (stamp,):
            return
        for step in steps:
            with transaction.atomic():
                cursor.execute(step)
        cursor.execute(f"COMMENT ON SCHEMA fence IS '{stamp}'")


def is_complete(cursor: Any) -> bool:
    """Whether every table is there; after a partial migration some are not, and those that are stay closed."""
    wanted = {model._meta.db_table for model in tables()}
    return wanted <= set(connection.introspection.table_names(cursor))


def tables() -> Iterator[type[Model]]:
    """Every model with a table; there is one whose rows come of a statement."""
    return (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)


def lower_fence(plan: Any = (), **_signal: Any) -> None:
    """pre_migrate: the stamp goes if anything will change, and with it the policies that would stand in the way.

    What loses its policies shows the portal nothing until they are back.
    """
    operations = [operation for migration, _backwards in plan for operation in migration.operations]
    if not operations:
        return
    retyped = any(isinstance(operation, RETYPED) for operation in operations)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('fence') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return
        cursor.execute("COMMENT ON SCHEMA fence IS NULL")
        if retyped:
            cursor.execute("SELECT policyname, tablename FROM pg_policies WHERE %s = ANY (roles)", [PORTAL])
            for policy, table in cursor.fetchall():
                cursor.execute(f"DROP POLICY {policy} ON {table}")


def statements() -> Iterator[str]:
    """The whole fence as SQL, one string a transaction."""
    yield functions()
    fenced = dict(fenced_models())
    for model in tables():
        yield ";\n".join(for_app(model) + for_portal(model, fenced.get(model)))
    yield f"GRANT SELECT ON {', '.join(BESIDES)} TO {APP}, {PORTAL}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP}"


def for_app(model: type[Model]) -> list[str]:
    """The back office: everything, but what is append-only is only appended to."""
    table = model._meta.db_table
    verbs = "SELECT, INSERT" if getattr(model, "append_only", False) else "SELECT, INSERT, UPDATE, DELETE"
    return [f"REVOKE ALL ON {table} FROM {APP}, {PORTAL}", f"GRANT {verbs} ON {table} TO {APP}"]


def for_portal(model: type[Model], fenced: Fenced | None) -> list[str]:
    """Grants and policies of one table.

    Row-level security is not forced on the owner: no server runs as the owner, who could lift it anyway, and forcing
    it would only break COPY and pg_dump.
    """
    table = model._meta.db_table
    if fenced is None:
        return []
    rows = fenced.rows.format(t=table)
    mine = (fenced.mine or fenced.rows).format(t=table)
    done = [f"GRANT SELECT ({', '.join(fenced.reads(model))}) ON {table} TO {PORTAL}"]
    done.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    done += policy("house", table, "ALL", APP, "USING (true)")
    done += policy("see", table, "SELECT", PORTAL, f"USING ({rows})")
    done += dropped("add", table) + dropped("alter", table) + dropped("remove", table)
    if fenced.insert:
        done.append(f"GRANT INSERT ({', '.join(fenced.writes(model))}) ON {table} TO {PORTAL}")
        done += policy("add", table, "INSERT", PORTAL, f"WITH CHECK ({fenced.insert.format(t=table)})")
    if fenced.update:
        done.append(f"GRANT UPDATE ({', '.join(fenced.update)}) ON {table} TO {PORTAL}")
        done += policy("alter", table, "UPDATE", PORTAL, f"USING ({mine})")
    if fenced.delete:
        done.append(f"GRANT DELETE ON {table} TO {PORTAL}")
        done += policy("remove", table, "DELETE", PORTAL, f"USING ({mine})")
    return done


def policy(name: str, table: str, verb: str, role: str, terms: str) -> list[str]:
    return [*dropped(name, table), f"CREATE POLICY {name} ON {table} FOR {verb} TO {role} {terms}"]


def dropped(name: str, table: str) -> list[str]:
    return [f"DROP POLICY IF EXISTS {name} ON {table}"]


def functions() -> str:
    """functions.sql with its words filled in. The mails are written here, so that the portal cannot write others."""
    words: dict[str, Any] = {
        **LIMITS,
        "SESSION_SECONDS": settings.SESSION_COOKIE_AGE,
        "PORTAL_ADDRESS": quoted(settings.PORTAL_ADDRESS.rstrip("/")),
        "CODE_SUBJECT": quoted(mail("portal/mail/code_subject.txt", code="{code}")),
        "CODE_TEXT": quoted(mail("portal/mail/code.txt", code="{code}", minutes=LIMITS["CODE_MINUTES"])),
        "LINK_SUBJECT": quoted(mail("portal/mail/link_subject.txt")),
        "LINK_TEXT": quoted(mail("portal/mail/link.txt", link="{link}", days=LIMITS["LINK_DAYS"])),
        "SUBSCRIBERS": ", ".join(quoted(name) for name in sorted(subscribers[SubmissionReceived.name])),
        "BELL": BELL,
        "DOORBELL": passkeys.DOORBELL,
        "PORTAL": PORTAL,
    }
    script = FUNCTIONS.read_text()
    for name, value in words.items():
        script = script.replace(f"__{name}__", str(value))
    return script


def mail(template: str, **words: Any) -> str:
    return render_to_string(template, words).strip()


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
