"""Addresses of orders put together or taken apart."""

from django.urls import path

from procurement.regrouping import views

urlpatterns = [
    path("orders/merge/", views.merge, name="orders-merge"),
    path("orders/<str:number>/split/", views.split, name="order-split"),
]
