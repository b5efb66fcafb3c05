"""Table of contents."""

from integration.erp.models import ErpDocument
from integration.imports.models import Import, ImportRow
from integration.inbox.models import InboundMessage, MessageSubmission, TradingPartner

__all__ = ["ErpDocument", "Import", "ImportRow", "InboundMessage", "MessageSubmission", "TradingPartner"]
