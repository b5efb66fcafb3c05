"""Addresses of the inbox, and of what each rule of the matrix costs."""

from django.urls import path

from governance.approvals.views import before, friction, inbox, mailed, questions, splitting

urlpatterns = [
    path("authority/<int:number>/friction/", friction.rules, name="matrix-friction"),
    path("authority/<int:number>/friction/<int:rule>/", friction.documents, name="matrix-friction-of"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/approve/", inbox.approve_many, name="inbox-approve-many"),
    path("inbox/mail/<str:token>/", mailed.mailed, name="inbox-mail"),
    path("inbox/mail/<str:token>/approve/", mailed.approve, name="inbox-mail-approve"),
    path("inbox/mail/<str:token>/reject/", mailed.reject, name="inbox-mail-reject"),
    path("inbox/<int:step>/", inbox.card, name="inbox-card"),
    path("inbox/<int:step>/approve/", inbox.approve, name="inbox-approve"),
    path("inbox/<int:step>/derive/", inbox.derive, name="inbox-derive"),
    path("inbox/<int:step>/reject/", inbox.reject, name="inbox-reject"),
    path("inbox/<int:step>/send-back/", inbox.send_back, name="inbox-send-back"),
    path("inbox/<int:step>/split/", splitting.split, name="inbox-split"),
    path("inbox/<int:step>/take-back/", inbox.take_back, name="inbox-take-back"),
    path("inbox/<int:step>/ask/", before.ask, name="inbox-ask"),
    path("inbox/<int:step>/reassign/", before.reassign, name="inbox-reassign"),
    path("inbox/<int:step>/snooze/", before.snooze, name="inbox-snooze"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/answer/", questions.answer, name="question-answer"),
]
