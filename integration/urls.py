"""Addresses of integration."""

from django.urls import path

from integration.clients import views as clients
from integration.deliveries import views as deliveries
from integration.erp import views as erp
from integration.imports import views as imports
from integration.inbox import views as inbox
from integration.partners import views as partners
from integration.sending import views as sending

app_name = "integration"
urlpatterns = [
    path("integration/", deliveries.monitor, name="monitor"),
    path("integration/deliveries/", deliveries.deliveries, name="deliveries"),
    path("integration/deliveries/<int:pk>/", deliveries.delivery, name="delivery"),
    path("integration/deliveries/<int:pk>/redeliver/", deliveries.redeliver, name="delivery-redeliver"),
    path("integration/deliveries/<int:pk>/skip/", deliveries.skip, name="delivery-skip"),
    path("integration/sent/", sending.sent, name="sent"),
    path("integration/sent/<int:pk>/", sending.message, name="sent-message"),
    path("integration/sent/<int:pk>/bytes/", sending.content, name="sent-bytes"),
    path("integration/messages/", inbox.messages, name="messages"),
    path("integration/messages/<int:pk>/", inbox.message, name="message"),
    path("integration/messages/<int:pk>/read-again/", inbox.read_again, name="message-read-again"),
    path("integration/messages/<int:pk>/name-sender/", inbox.name_sender, name="message-name-sender"),
    path("integration/messages/<int:pk>/refuse/", inbox.refuse, name="message-refuse"),
    path("oauth/token/", clients.token, name="token"),
    path("integration/clients/", clients.client_list, name="clients"),
    path("integration/clients/new/", clients.new, name="client-new"),
    path("integration/clients/<int:pk>/", clients.client, name="client"),
    path("integration/clients/<int:pk>/secrets/", clients.make_secret, name="client-make-secret"),
    path("integration/clients/<int:pk>/secrets/<str:hint>/end/", clients.end_secret, name="client-end-secret"),
    path("integration/clients/<int:pk>/revoke/", clients.revoke, name="client-revoke"),
    path("integration/partners/", partners.partner_list, name="partners"),
    path("integration/partners/new/", partners.new, name="partner-new"),
    path("integration/partners/<int:pk>/", partners.partner, name="partner"),
    path("integration/partners/<int:pk>/edit/", partners.edit, name="partner-edit"),
    path("integration/partners/<int:pk>/secrets/", partners.keep_secret, name="partner-keep-secret"),
    path("integration/partners/<int:pk>/secrets/<int:secret>/end/", partners.end_secret, name="partner-end-secret"),
    path("integration/erp/", erp.documents, name="erp-documents"),
    path("integration/erp/order/<str:number>/", erp.of_order, name="erp-order"),
    path("integration/erp/receipt/<str:number>/", erp.of_receipt, name="erp-receipt"),
    path("imports/", imports.import_list, name="imports"),
    path("imports/new/", imports.new, name="import-new"),
    path("imports/columns/<slug:kind>/", imports.columns, name="import-columns"),
    path("imports/<int:pk>/", imports.page, name="import"),
    path("imports/<int:pk>/map/", imports.map_columns, name="import-map"),
    path("imports/<int:pk>/apply/", imports.apply, name="import-apply"),
    path("imports/<int:pk>/undo/", imports.undo, name="import-undo"),
    path("imports/<int:pk>/discard/", imports.discard, name="import-discard"),
    path("imports/<int:pk>/errors/", imports.errors, name="import-errors"),
    path("integration/erp/invoice/<str:number>/", erp.of_invoice, name="erp-invoice"),
]
