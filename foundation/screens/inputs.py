"""Inputs and selects are written without templates: grids have thousands, and a template costs more than its input.

What comes out is what Django's own templates write, to the letter.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

WIDGETS = "django/forms/widgets/"
PLAIN = {f"{WIDGETS}{kind}.html" for kind in ("text", "number", "date", "email", "hidden", "password", "input")}
SELECT, OPTION = f"{WIDGETS}select.html", f"{WIDGETS}select_option.html"


class Renderer(DjangoTemplates):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name in PLAIN:
            return plain(context["widget"])
        if template_name == SELECT and is_usual(context["widget"]):
            return select(context["widget"])
        return super().render(template_name, context, request)


def plain(widget: dict[str, Any]) -> SafeString:
    """``<input type name value ...>``; an attribute that is False is left out, one that is True has no value."""
    given = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        given["value"] = widget["value"]
    return mark_safe(f"<input{_attributes(given)}{_attributes(widget['attrs'])}>")


def is_usual(widget: dict[str, Any]) -> bool:
    """Whether its options look like Django's own; what is no text would be written as its reader writes numbers."""
    options = [option for _name, group, _index in widget["optgroups"] for option in group]
    return all(one["template_name"] == OPTION and isinstance(one["label"], str | Promise) for one in options)


def select(widget: dict[str, Any]) -> SafeString:
    written = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for name, options, _index in widget["optgroups"]:
        if name:
            written.append(f'\n  <optgroup label="{conditional_escape(name)}">')
        for one in options:
            given = _attributes({"value": str(one["value"])} | one["attrs"])
            written.append(f"\n  <option{given}>{conditional_escape(one['label'])}</option>\n")
        if name:
            written.append("\n  </optgroup>")
    return mark_safe("".join([*written, "\n</select>"]))


def _attributes(given: dict[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in given.items()
        if value is not False
    )
