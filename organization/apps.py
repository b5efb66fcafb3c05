"""Says where reach comes from and which verbs exist."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from foundation.scopes import reach, verbs


class Organization(AppConfig):
    name = "organization"

    def ready(self) -> None:
        from foundation.door import proofs  # models must be loaded first
        from organization import subscribers  # noqa: F401  its door
        from organization.people import factors
        from organization.scopes import grants

        verbs.register(
            "organization",
            see_people="See people and roles",
            grant_role="Grant roles",
            edit_master_data="Edit sites, items and calendars",
            see_audit="Read the audit trail",
        )
        verbs.keep_whole("see_audit")
        verbs.want_proof("grant_role")
        verbs.keep_filled("grant_role")
        proofs.provide(factors.actor_has_strong)
        reach.provide(grants.reach_of)
        post_migrate.connect(grants.make_permissions, sender=self)
