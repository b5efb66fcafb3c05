"""Addresses of orders."""

from django.urls import path

from procurement.orders.views import listing, many, page, revisions, verbs

urlpatterns = [
    path("orders/", listing.orders_page, name="orders"),
    path("orders/issue/", many.issue, name="orders-issue"),
    path("orders/remind/", many.remind, name="orders-remind"),
    path("orders/cancel-rest/", many.cancel_rest, name="orders-cancel-rest"),
    path("orders/hand-over/", many.hand_over, name="orders-hand-over"),
    path("orders/<str:number>/", page.page, name="order"),
    path("orders/<str:number>/issue/", verbs.issue, name="order-issue"),
    path("orders/<str:number>/cancel/", verbs.cancel, name="order-cancel"),
    path("orders/<str:number>/cancel-remainder/", verbs.cancel_remainder, name="order-cancel-remainder"),
    path("orders/<str:number>/remind/", verbs.remind, name="order-remind"),
    path("orders/<str:number>/close/", verbs.close, name="order-close"),
    path("orders/<str:number>/revisions/", revisions.compare, name="order-revisions"),
    path("orders/<str:number>/revisions/<int:revision>/pdf/", revisions.as_pdf, name="order-pdf"),
]
