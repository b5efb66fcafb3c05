"""How a role is given."""

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category
from organization.sites.models import Site


class GiveRole(forms.Form):
    """Empty dimensions are "any"."""

    role = forms.ModelChoiceField(Group.objects.order_by("name"), label=_("Role"))
    entity = forms.ModelChoiceField(
        LegalEntity.objects.order_by("code"), label=_("Entity"), required=False, empty_label=_("Any")
    )
    site = forms.ModelChoiceField(Site.objects.order_by("code"), label=_("Site"), required=False, empty_label=_("Any"))
    category = forms.ModelChoiceField(
        Category.objects.order_by("path"), label=_("Category"), required=False, empty_label=_("Any")
    )
    cost_center = forms.ModelChoiceField(
        CostCenter.objects.order_by("code"), label=_("Cost center"), required=False, empty_label=_("Any")
    )
