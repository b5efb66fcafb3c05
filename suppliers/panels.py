"""What suppliers show on their own page from further rooms of the floor."""

from django.utils.translation import gettext_lazy as _

from foundation.panels.registry import Panel, register

register(Panel("case", _("Between us and the supplier"), "suppliers:case-supplier", "see_case", order=10))
register(Panel("supplier", _("Scorecard"), "suppliers:supplier-scorecard", "see_supplier", order=10))
