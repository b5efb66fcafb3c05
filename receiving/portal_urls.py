"""A supplier's deliveries."""

from django.urls import path

from receiving.notices import portal as notices

urlpatterns = [
    path("shipments/", notices.shipments, name="shipments"),
    path("shipments/<uuid:public_id>/", notices.shipment, name="shipment"),
    path("shipments/<uuid:public_id>/labels/<str:kind>/", notices.shipment_labels, name="shipment-labels"),
    path("shipments/<uuid:public_id>/news/", notices.shipment_news, name="shipment-news"),
    path("orders/<uuid:public_id>/ship/", notices.ship, name="order-ship"),
]
