"""Addresses about people (signing in, settings, notices, roles) and about what the house is made of."""

from django.urls import path

from organization.audit import views as audit
from organization.calendars import views as calendars
from organization.entities import views as entities
from organization.items import views as items
from organization.notifications import views as notifications
from organization.people.views import preferences, proving, security, signing_in
from organization.scopes import views as scopes
from organization.sites import views as sites

app_name = "organization"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/passkey/", signing_in.with_passkey, name="sign-in-passkey"),
    path("sign-in/passkey/ask/", signing_in.ask_for_passkey, name="sign-in-passkey-ask"),
    path("sign-in/code/", signing_in.with_code, name="sign-in-code"),
    path("sign-in/sso/", signing_in.from_sso, name="sso-back"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("step-up/", proving.step_up, name="step-up"),
    path("step-up/passkey/ask/", proving.ask_for_passkey, name="step-up-passkey-ask"),
    path("security/", security.security, name="security"),
    path("security/passkeys/", security.add_passkey, name="passkey-add"),
    path("security/passkeys/ask/", security.ask_for_passkey, name="passkey-ask"),
    path("security/passkeys/decline/", signing_in.decline_passkey, name="passkey-decline"),
    path("security/factors/<int:pk>/rename/", security.rename_passkey, name="passkey-rename"),
    path("security/factors/<int:pk>/remove/", security.remove_factor, name="factor-remove"),
    path("security/app/", security.app, name="app-add"),
    path("security/codes/", security.recovery_codes, name="recovery-codes"),
    path("security/sessions/end-others/", security.end_other_sessions, name="sessions-end-others"),
    path("security/sessions/<str:mark>/end/", security.end_session, name="session-end"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("notifications/", notifications.notices, name="notices"),
    path("notifications/bell/", notifications.bell, name="bell"),
    path("notifications/read/", notifications.read_all, name="notices-read"),
    path("notifications/<int:pk>/read/", notifications.read, name="notice-read"),
    path("items/", items.items_list, name="items"),
    path("items/<str:sku>/", items.item, name="item"),
    path("items/<str:sku>/change/", items.change, name="item-change"),
    path("items/<str:sku>/units/", items.set_unit, name="item-unit"),
    path("sites/", sites.sites_list, name="sites"),
    path("sites/<str:code>/", sites.site, name="site"),
    path("sites/<str:code>/docks/", sites.add_dock, name="site-docks"),
    path("sites/<str:code>/docks/remove/", sites.remove_dock, name="site-dock-remove"),
    path("sites/<str:code>/locations/", sites.add_location, name="site-locations"),
    path("sites/<str:code>/locations/remove/", sites.remove_location, name="site-location-remove"),
    path("entities/", entities.entities_list, name="entities"),
    path("entities/<str:code>/", entities.entity, name="entity"),
    path("entities/<str:code>/cost-centers/", entities.open_cost_center, name="entity-cost-center"),
    path("calendars/", calendars.calendars_list, name="calendars"),
    path("calendars/new/", calendars.new, name="calendar-new"),
    path("calendars/<int:pk>/", calendars.calendar, name="calendar"),
    path("calendars/<int:pk>/change/", calendars.change, name="calendar-change"),
    path("calendars/<int:pk>/days/", calendars.set_day, name="calendar-days"),
    path("calendars/<int:pk>/days/remove/", calendars.remove_day, name="calendar-day-remove"),
    path("people/", scopes.people, name="people"),
    path("people/<int:pk>/", scopes.person, name="person"),
    path("people/<int:pk>/roles/", scopes.give, name="role-give"),
    path("people/<int:pk>/roles/<int:membership>/end/", scopes.end, name="role-end"),
    path("people/<int:pk>/shut-out/", scopes.shut_out, name="person-shut-out"),
    path("people/<int:pk>/let-in/", scopes.let_in, name="person-let-in"),
    path("audit/", audit.entries, name="audit"),
    path("audit/record/<str:subject>/", audit.record, name="audit-record"),
    path("audit/record/<str:subject>/evidence/", audit.export, name="audit-evidence"),
    path("audit/<int:pk>/", audit.entry, name="audit-entry"),
    path("audit/<int:pk>/check/", audit.check, name="audit-check"),
]
