"""Addresses of parameters."""

from django.urls import path

from governance.parameters import views

urlpatterns = [
    path("parameters/", views.parameters, name="parameters"),
    path("parameters/values/", views.values, name="parameter-values"),
    path("parameters/values/<int:pk>/", views.value, name="parameter-value"),
    path("parameters/values/<int:pk>/agree/", views.agree, name="parameter-agree"),
    path("parameters/values/<int:pk>/reject/", views.reject, name="parameter-reject"),
    path("parameters/values/<int:pk>/withdraw/", views.withdraw, name="parameter-withdraw"),
    path("parameters/values/<int:pk>/end/", views.end, name="parameter-end"),
    path("parameters/<slug:name>/", views.parameter, name="parameter"),
    path("parameters/<slug:name>/propose/", views.propose, name="parameter-propose"),
]
