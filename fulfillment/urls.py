"""Addresses of what leaves."""

from django.urls import path

from fulfillment import panels
from fulfillment.allocations import views as allocations
from fulfillment.customers import views as customers
from fulfillment.demand import views as demand
from fulfillment.shipments import views as shipments

app_name = "fulfillment"
urlpatterns = [
    path("demand/", demand.order_list, name="orders"),
    path("demand/new/", demand.take, name="order-new"),
    path("demand/<str:number>/", demand.order, name="order"),
    path("demand/<str:number>/cancel/", demand.cancel, name="order-cancel"),
    path("demand/<str:number>/plan/", shipments.plan, name="order-plan"),
    path("customers/", customers.customers_list, name="customers"),
    path("customers/new/", customers.new, name="customer-new"),
    path("customers/<str:number>/", customers.customer, name="customer"),
    path("customers/<str:number>/change/", customers.change, name="customer-change"),
    path("backorders/", demand.backorders, name="backorders"),
    path("allocation/", allocations.board, name="allocation"),
    path("allocation/<str:site>/<path:sku>/", allocations.item, name="allocation-item"),
    path("shipments/", shipments.shipment_list, name="shipments"),
    path("shipments/<str:number>/", shipments.shipment, name="shipment"),
    path("shipments/<str:number>/cancel/", shipments.cancel, name="shipment-cancel"),
    path("panels/item/<path:number>/demand/", panels.item_demand, name="item-demand"),
    path("panels/receipt/<str:number>/customers/", panels.receipt_customers, name="receipt-customers"),
    path("panels/change/<str:number>/customers/", panels.change_customers, name="change-customers"),
    path("panels/change/<str:number>/outages/", panels.change_outages, name="change-outages"),
]
