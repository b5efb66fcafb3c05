"""Addresses about people: signing in, their settings, their notices."""

from django.urls import path

from organization.audit import views as audit
from organization.items import views as items
from organization.notifications import views as notifications
from organization.people import views as people
from organization.scopes import views as scopes
from organization.sites import views as sites

app_name = "organization"
urlpatterns = [
    path("sign-in/", people.sign_in, name="sign-in"),
    path("sign-out/", people.sign_out, name="sign-out"),
    path("preferences/", people.preferences, name="preferences"),
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
    path("people/", scopes.people, name="people"),
    path("people/<int:pk>/", scopes.person, name="person"),
    path("people/<int:pk>/roles/", scopes.give, name="role-give"),
    path("people/<int:pk>/roles/<int:membership>/end/", scopes.end, name="role-end"),
    path("audit/", audit.entries, name="audit"),
    path("audit/<int:pk>/", audit.entry, name="audit-entry"),
    path("audit/<int:pk>/check/", audit.check, name="audit-check"),
]
