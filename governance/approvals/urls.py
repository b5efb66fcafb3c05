"""Addresses of the inbox."""

from django.urls import path

from governance.approvals import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/approve/", views.approve_many, name="inbox-approve-many"),
    path("inbox/<int:step>/", views.card, name="inbox-card"),
    path("inbox/<int:step>/approve/", views.approve, name="inbox-approve"),
    path("inbox/<int:step>/derive/", views.derive, name="inbox-derive"),
    path("inbox/<int:step>/reject/", views.reject, name="inbox-reject"),
    path("inbox/<int:step>/send-back/", views.send_back, name="inbox-send-back"),
    path("inbox/<int:step>/take-back/", views.take_back, name="inbox-take-back"),
]
