"""A supplier's deliveries."""

from django.urls import path

from receiving.notices import portal as notices

urlpatterns = [
    path("shipments/", notices.shipments, name="shipments"),
    path("orders/<uuid:public_id>/ship/", notices.ship, name="order-ship"),
]
