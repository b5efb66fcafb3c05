"""A supplier's orders. Addresses carry public ids, never numbers."""

from django.urls import path

from foundation.screens.lists import exports
from procurement.orders import portal as orders
from procurement.orders import portal_billing as billing
from procurement.orders import portal_upload as upload

urlpatterns = [
    path("orders/", orders.orders, name="orders"),
    path("orders/to-bill/", billing.ready, name="ready-to-bill"),
    path("orders/to-bill/invoice/", billing.invoice_many, name="orders-invoice"),
    path("orders/confirm/", orders.preview_many, name="orders-confirm"),
    path("orders/confirm/send/", orders.confirm_many, name="orders-confirm-send"),
    path("orders/upload/", upload.upload, name="orders-upload"),
    path("orders/upload/send/", upload.send, name="orders-upload-send"),
    path("orders/<uuid:public_id>/", orders.order, name="order"),
    path("orders/<uuid:public_id>/answer/", orders.answer, name="order-answer"),
    path("orders/<uuid:public_id>/check/", orders.check, name="order-check"),
    path("orders/<uuid:public_id>/confirm/", orders.confirm, name="order-confirm"),
    path("orders/<uuid:public_id>/invoice/", billing.invoice, name="order-invoice"),
    path("orders/<uuid:public_id>/revisions/<int:revision>.pdf", orders.order_pdf, name="order-pdf"),
]

for kind in exports.TYPES:  # one address for each kind of file, so that the browser sees its name
    said = {"kind": kind}
    urlpatterns += [
        path(f"orders/lines.{kind}", upload.download, said, name=f"orders-lines-{kind}"),
        path(f"orders/<uuid:public_id>/lines.{kind}", upload.download_one, said, name=f"order-lines-{kind}"),
        path(f"orders/to-put-right.{kind}", upload.put_right, said, name=f"orders-put-right-{kind}"),
    ]
