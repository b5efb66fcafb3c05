"""Table of contents."""

from integration.erp.models import ErpDocument
from integration.imports.models import Import, ImportRow

__all__ = ["ErpDocument", "Import", "ImportRow"]
