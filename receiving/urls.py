"""Addresses of what arrives."""

from django.urls import path

from receiving import panels
from receiving.arrivals import views as arrivals
from receiving.notices import views as notices
from receiving.receipts import counting
from receiving.receipts import views as receipts
from receiving.stock import views as stock

app_name = "receiving"
urlpatterns = [
    path("receiving/", arrivals.arrivals, name="arrivals"),
    path("receiving/expected/", arrivals.expected, name="expected"),
    path("receiving/truck/", arrivals.truck, name="truck"),
    path("ship-notices/", notices.notice_list, name="notices"),
    path("ship-notices/<str:number>/", notices.notice, name="notice"),
    path("ship-notices/<str:number>/arrive/", notices.arrive, name="notice-arrive"),
    path("ship-notices/<str:number>/news/", notices.news, name="notice-news"),
    path("ship-notices/<str:number>/cancel/", notices.cancel, name="notice-cancel"),
    path("receipts/", receipts.receipt_list, name="receipts"),
    path("receipts/start/", counting.start, name="receipt-start"),
    path("receipts/<str:number>/", receipts.receipt, name="receipt"),
    path("receipts/<str:number>/count/", counting.count, name="receipt-count"),
    path("receipts/<str:number>/scan/", counting.scan, name="receipt-scan"),
    path("receipts/<str:number>/as-announced/", counting.as_announced, name="receipt-as-announced"),
    path("receipts/<str:number>/nothing-more/", counting.nothing_more, name="receipt-nothing-more"),
    path("receipts/<str:number>/add/", counting.add, name="receipt-add"),
    path("receipts/<str:number>/post/", counting.post, name="receipt-post"),
    path("receipts/<str:number>/discard/", counting.discard, name="receipt-discard"),
    path("receipts/<str:number>/reverse/", receipts.reverse_receipt, name="receipt-reverse"),
    path("stock/", stock.stock_list, name="stock"),
    path("stock/item/<path:sku>/", stock.item, name="item"),
    path("stock/change/<path:sku>/", stock.change_status, name="stock-change"),
    path("panels/order/<str:number>/receipts/", panels.order_receipts, name="order-receipts"),
    path("panels/order/<str:number>/notices/", panels.order_notices, name="order-notices"),
    path("panels/change/<str:number>/dock/", panels.change_dock, name="change-dock"),
    path("panels/requisition/<str:number>/receipts/", panels.requisition_receipts, name="requisition-receipts"),
]
