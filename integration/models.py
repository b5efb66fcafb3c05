"""Table of contents."""

from integration.clients.models import AccessToken, ApiClient, ClientSecret
from integration.erp.models import ErpDocument
from integration.imports.models import Import, ImportRow
from integration.inbox.models import InboundMessage, MessageSubmission
from integration.partners.models import PartnerSecret, TradingPartner
from integration.sending.models import OutboundMessage

__all__ = [
    "AccessToken",
    "ApiClient",
    "ClientSecret",
    "ErpDocument",
    "Import",
    "ImportRow",
    "InboundMessage",
    "MessageSubmission",
    "OutboundMessage",
    "PartnerSecret",
    "TradingPartner",
]
