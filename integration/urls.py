"""Addresses of integration."""

from django.urls import path

from integration.deliveries import views as deliveries
from integration.erp import views as erp

app_name = "integration"
urlpatterns = [
    path("integration/", deliveries.monitor, name="monitor"),
    path("integration/deliveries/", deliveries.deliveries, name="deliveries"),
    path("integration/deliveries/<int:pk>/", deliveries.delivery, name="delivery"),
    path("integration/deliveries/<int:pk>/redeliver/", deliveries.redeliver, name="delivery-redeliver"),
    path("integration/deliveries/<int:pk>/skip/", deliveries.skip, name="delivery-skip"),
    path("integration/erp/", erp.documents, name="erp-documents"),
    path("integration/erp/order/<str:number>/", erp.of_order, name="erp-order"),
    path("integration/erp/receipt/<str:number>/", erp.of_receipt, name="erp-receipt"),
    path("integration/erp/invoice/<str:number>/", erp.of_invoice, name="erp-invoice"),
]
