"""A supplier's orders. Addresses carry public ids, never numbers."""

from django.urls import path

from procurement.orders import portal as orders

urlpatterns = [
    path("orders/", orders.orders, name="orders"),
    path("orders/confirm/", orders.preview_many, name="orders-confirm"),
    path("orders/confirm/send/", orders.confirm_many, name="orders-confirm-send"),
    path("orders/<uuid:public_id>/", orders.order, name="order"),
    path("orders/<uuid:public_id>/answer/", orders.answer, name="order-answer"),
    path("orders/<uuid:public_id>/check/", orders.check, name="order-check"),
    path("orders/<uuid:public_id>/confirm/", orders.confirm, name="order-confirm"),
    path("orders/<uuid:public_id>/invoice/", orders.invoice, name="order-invoice"),
    path("orders/<uuid:public_id>/revisions/<int:revision>.pdf", orders.order_pdf, name="order-pdf"),
]
