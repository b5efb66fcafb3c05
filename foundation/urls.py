"""Addresses of what belongs to no document."""

from django.urls import path

from foundation.files import views as files
from foundation.jobs import views as jobs
from foundation.screens import views as screens

app_name = "foundation"
urlpatterns = [
    path("", screens.work_page, name="work"),
    path("search/", screens.search, name="search"),
    path("help/<slug:topic>/", screens.help_page, name="help"),
    path("views/", screens.save_view, name="save-view"),
    path("views/<int:pk>/drop/", screens.drop_view, name="drop-view"),
    path("jobs/", jobs.jobs_page, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job-cancel"),
    path("jobs/<int:pk>/again/", jobs.again, name="job-again"),
    path("files/<int:pk>/", files.file, name="file"),
]
