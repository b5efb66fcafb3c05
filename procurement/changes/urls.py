"""Addresses of changes."""

from django.urls import path

from procurement.changes import views

urlpatterns = [
    path("changes/", views.changes_page, name="changes"),
    path("changes/<str:number>/", views.page, name="change"),
    path("changes/<str:number>/accept/", views.accept, name="change-accept"),
    path("changes/<str:number>/decline/", views.decline, name="change-decline"),
    path("orders/<str:number>/change/", views.change_order, name="order-change"),
]
