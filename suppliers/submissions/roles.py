"""Which role of a supplier's person says what. The fence is made of this table; who may say a kind may read it, too."""

from foundation.values.portal_roles import PortalRole
from suppliers.submissions.models import SubmissionKind

ABOUT_GOODS = (PortalRole.ORDERS, PortalRole.SHIPPING)
ABOUT_MONEY = (PortalRole.BILLING,)
"""Whose a dispute is: of an order or a delivery, or of an invoice."""
SAID_BY: dict[SubmissionKind, tuple[PortalRole, ...]] = {
    SubmissionKind.CONFIRMATION: (PortalRole.ORDERS,),
    SubmissionKind.CONTEST: (PortalRole.ORDERS,),
    SubmissionKind.SHIP_NOTICE: (PortalRole.SHIPPING,),
    SubmissionKind.NOTICE_UPDATE: (PortalRole.SHIPPING,),
    SubmissionKind.INVOICE: (PortalRole.BILLING,),
    SubmissionKind.MESSAGE: (PortalRole.BILLING,),
    SubmissionKind.COMPANY: (PortalRole.COMPANY,),
    SubmissionKind.BANK: (PortalRole.COMPANY,),
    SubmissionKind.DOCUMENT: (PortalRole.COMPANY,),
    SubmissionKind.COLLEAGUE_IN: (PortalRole.COMPANY,),
    SubmissionKind.COLLEAGUE_ROLES: (PortalRole.COMPANY,),
    SubmissionKind.COLLEAGUE_OUT: (PortalRole.COMPANY,),
    SubmissionKind.DISPUTE: (*ABOUT_GOODS, *ABOUT_MONEY),
}
"""A kind that is not here is not said in the portal. Of disputes each role sees those that are its own."""
