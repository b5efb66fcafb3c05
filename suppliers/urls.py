"""Addresses of suppliers."""

from django.urls import path

from suppliers.contracts import views as contracts
from suppliers.scorecards import views as scorecards
from suppliers.supplier_items import views as offers
from suppliers.suppliers import views as suppliers

app_name = "suppliers"
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
    path("suppliers/scorecards/", scorecards.compare, name="scorecards"),
    path("suppliers/<str:number>/", suppliers.supplier, name="supplier"),
    path("suppliers/<str:number>/scorecard/", scorecards.scorecard, name="scorecard"),
    path("suppliers/<str:number>/scorecard/<slug:measure>/", scorecards.cases, name="scorecard-cases"),
    path("panels/supplier/<str:number>/scorecard/", scorecards.panel, name="supplier-scorecard"),
    path("suppliers/<str:number>/terms/", suppliers.terms, name="supplier-terms"),
    path("suppliers/<str:number>/contacts/", suppliers.add_contact, name="supplier-contacts"),
    path("suppliers/<str:number>/contacts/<int:pk>/remove/", suppliers.remove_contact, name="supplier-contact-remove"),
    path("suppliers/<str:number>/<str:name>/", suppliers.verb, name="supplier-verb"),
]
