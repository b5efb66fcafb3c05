"""Addresses of suppliers."""

from django.urls import path

from suppliers.banking import views as banking
from suppliers.compliance import views as compliance
from suppliers.contracts import views as contracts
from suppliers.disputes import views as disputes
from suppliers.documents import views as documents
from suppliers.onboarding import views as onboarding
from suppliers.scorecards import views as scorecards
from suppliers.supplier_items import views as offers
from suppliers.suppliers import views as suppliers
from suppliers.terms import views as terms

app_name = "suppliers"
ONE = "suppliers/<str:number>"
urlpatterns = [
    path("suppliers/", suppliers.suppliers_list, name="suppliers"),
    path("suppliers/new/", suppliers.new, name="supplier-new"),
    path("suppliers/contracts/", contracts.contracts_list, name="contracts"),
    path("suppliers/contracts/new/", contracts.draft, name="contract-draft"),
    path("suppliers/contracts/<str:number>/", contracts.contract, name="contract"),
    path("suppliers/contracts/<str:number>/activate/", contracts.activate, name="contract-activate"),
    path("suppliers/contracts/<str:number>/end/", contracts.end, name="contract-end"),
    path("suppliers/offers/", offers.offers_list, name="offers"),
    path("suppliers/offers/new/", offers.new, name="offer-new"),
    path("suppliers/offers/<int:pk>/", offers.offer, name="offer"),
    path("suppliers/offers/<int:pk>/prices/", offers.set_prices, name="offer-prices"),
    path("suppliers/document-types/", documents.types, name="document-types"),
    path("suppliers/document-types/new/", documents.new_type, name="document-type-new"),
    path("suppliers/document-types/<str:code>/", documents.edit_type, name="document-type"),
    path("panels/case/<str:number>/supplier/", disputes.thread, name="case-supplier"),
    path("disputes/<str:number>/reply/", disputes.reply, name="dispute-reply"),
    path("disputes/<str:number>/propose/", disputes.propose, name="dispute-propose"),
    path("disputes/<str:number>/agree/", disputes.agree, name="dispute-agree"),
    path("disputes/<str:number>/refuse/", disputes.refuse, name="dispute-refuse"),
    path("disputes/<str:number>/show/", disputes.show, name="dispute-show"),
    path("suppliers/scorecards/", scorecards.compare, name="scorecards"),
    path(f"{ONE}/", suppliers.supplier, name="supplier"),
    path(f"{ONE}/terms/", suppliers.terms, name="supplier-terms"),
    path(f"{ONE}/stop/", suppliers.stop, name="supplier-stop"),
    path(f"{ONE}/contacts/", suppliers.add_contact, name="supplier-contacts"),
    path(f"{ONE}/contacts/<int:pk>/remove/", suppliers.remove_contact, name="supplier-contact-remove"),
    path(f"{ONE}/invite/", suppliers.invite, name="supplier-invite"),
    path(f"{ONE}/people/<int:pk>/roles/", suppliers.give_roles, name="supplier-person-roles"),
    path(f"{ONE}/people/<int:pk>/close/", suppliers.close_account, name="supplier-person-close"),
    path(f"{ONE}/approval/", onboarding.approval, name="supplier-approval"),
    path(f"{ONE}/propose/", onboarding.propose, name="supplier-propose"),
    path(f"{ONE}/send-back/", onboarding.send_back, name="supplier-send-back"),
    path(f"{ONE}/merge/", onboarding.merge, name="supplier-merge"),
    path(f"{ONE}/company/", onboarding.take, name="company-take"),
    path(f"{ONE}/documents/", documents.page, name="supplier-documents"),
    path(f"{ONE}/documents/send/<str:code>/", documents.send, name="document-send"),
    path(f"{ONE}/documents/<int:pk>/file/", documents.file, name="document-file"),
    path(f"{ONE}/documents/<int:pk>/accept/", documents.accept, name="document-accept"),
    path(f"{ONE}/documents/<int:pk>/refuse/", documents.refuse, name="document-refuse"),
    path(f"{ONE}/bank/", banking.bank, name="supplier-bank"),
    path(f"{ONE}/bank/propose/", banking.propose, name="bank-propose"),
    path(f"{ONE}/bank/<int:pk>/call/", banking.call_back, name="bank-call"),
    path(f"{ONE}/bank/<int:pk>/approve/", banking.approve, name="bank-approve"),
    path(f"{ONE}/bank/<int:pk>/refuse/", banking.refuse, name="bank-refuse"),
    path(f"{ONE}/bank/<int:pk>/look/", banking.look, name="bank-look"),
    path(f"{ONE}/agreements/", terms.page, name="supplier-agreements"),
    path(f"{ONE}/agreements/new/", terms.agree, name="agree"),
    path(f"{ONE}/agreements/<int:pk>/end/", terms.end, name="agreement-end"),
    path(f"{ONE}/risk/", compliance.page, name="supplier-risk"),
    path(f"{ONE}/risk/judge/", compliance.judge, name="risk-judge"),
    path(f"{ONE}/risk/failures/", compliance.note, name="failure-note"),
    path(f"{ONE}/scorecard/", scorecards.scorecard, name="scorecard"),
    path(f"{ONE}/scorecard/<slug:measure>/", scorecards.cases, name="scorecard-cases"),
    path("panels/supplier/<str:number>/scorecard/", scorecards.panel, name="supplier-scorecard"),
    path(f"{ONE}/<str:name>/", suppliers.verb, name="supplier-verb"),
]
