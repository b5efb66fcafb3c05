"""Addresses about people: signing in, their settings, their notices."""

from django.urls import path

from organization.notifications import views as notifications
from organization.people import views as people

app_name = "organization"
urlpatterns = [
    path("sign-in/", people.sign_in, name="sign-in"),
    path("sign-out/", people.sign_out, name="sign-out"),
    path("preferences/", people.preferences, name="preferences"),
    path("notices/", notifications.notices, name="notices"),
    path("notices/bell/", notifications.bell, name="bell"),
    path("notices/read/", notifications.read_all, name="notices-read"),
    path("notices/<int:pk>/read/", notifications.read, name="notice-read"),
]
