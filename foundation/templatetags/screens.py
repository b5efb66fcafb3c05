"""Tags and filters of every template."""

from collections.abc import Callable
from typing import Any

from django import template
from django.db import models
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import now

from foundation.documents.models import Recorded
from foundation.lifecycles import moves
from foundation.panels.registry import panels_for
from foundation.screens import differences, policies, shown, tones
from foundation.screens.lists.chunks import batched
from foundation.screens.naming import named
from foundation.screens.policy import holds

register = template.Library()

register.simple_tag(shown.money, name="money")
register.simple_tag(shown.price, name="price")
register.simple_tag(shown.quantity, name="quantity")
register.simple_tag(shown.number, name="number")
register.simple_tag(shown.percent, name="percent")
register.simple_tag(shown.signed, name="signed")
register.simple_tag(shown.day, name="day")
register.simple_tag(shown.instant, name="instant")
register.simple_tag(shown.badge, name="badge")
register.filter("pairs", lambda table: list(table.items()))  # ``table.items`` would find a key of that name first
register.filter("changed", lambda entry: differences.changed(entry.subject, entry.changes))
register.filter("event_words", differences.words)
register.filter("chunked", lambda rows, size: list(batched(rows, int(size))))


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """``{% icon "truck" %}``: an outline icon, for the eye only."""
    return shown.icon(str(name), size)


@register.simple_tag(takes_context=True)
def way(context: template.Context, route: str, *args: Any) -> str:
    """``{% way "finance:invoice-new" as url %}{% if url %}``: the address, or nothing for those it would turn away."""
    address = reverse(route, args=args)
    return address if policies.opens(getattr(context.get("request"), "actor", None), address) else ""


@register.simple_tag
def shape(tone: str) -> SafeString:
    """The shape of a tone."""
    return shown.shape(tones.SHAPES[tone])


@register.simple_tag
def ago(at: Any) -> SafeString:
    """``{% ago case.due_at %}``: "in 4 h", with the instant in the title."""
    return shown.ago(at, now())


@register.simple_tag
def span(seconds: float) -> str:
    return shown.span(round(seconds))


@register.simple_tag(takes_context=True)
def actor(context: template.Context, who: Any) -> SafeString | str:
    """``{% actor entry.by %}``: the name of whoever acted. All names of a page cost one query together."""
    return named(context.get("request"), str(who)) if who else shown.NOTHING


class OfRow(Node):
    """A tag about ``row.name`` that must know both: the row and the name. Nothing is ever called."""

    def __init__(self, row: FilterExpression, name: str, show: Callable[[Any, str], Any], target: str) -> None:
        self.row, self.name, self.show, self.target = row, name, show, target

    def render(self, context: template.Context) -> str:
        row = self.row.resolve(context)
        said = self.show(row, self.name) if row not in (None, "") else ""
        if self.target:
            context[self.target] = said
            return ""
        return str(said)


def of_row(show: Callable[[Any, str], Any]) -> Callable[[Parser, Token], OfRow]:
    """``{% tag row.name %}`` and ``{% tag row.name as variable %}``."""

    def compile_tag(parser: Parser, token: Token) -> OfRow:
        tag, *words = token.split_contents()
        target = words[2] if len(words) == 3 and words[1] == "as" else ""
        if len(words) not in (1, 3) or "." not in words[0]:
            raise template.TemplateSyntaxError(f"{{% {tag} row.name %}} or {{% {tag} row.name as variable %}}")
        row, _, name = words[0].rpartition(".")
        return OfRow(parser.compile_filter(row), name, show, target)

    return compile_tag


def _state(row: Any, name: str) -> SafeString:
    value = getattr(row, name)
    if isinstance(row, models.Model):
        return shown.state(tones.of(row, name))
    return shown.state(tones.of_value(value) if isinstance(value, models.TextChoices) else value)


register.tag("state", of_row(_state))
register.tag("why_not", of_row(lambda row, name: " ".join(moves.why_not(getattr(row, name)))))


@register.simple_tag
def verb_fields(document: Recorded | None = None) -> SafeString:
    """The hidden fields of every verb's form: the version that is on the screen, and a key that is used once.

    The CSRF token stands beside it: ``{% csrf_token %}{% verb_fields order %}``.
    """
    key = format_html('<input type="hidden" name="key" value="{}">', get_random_string(24))
    if document is None:
        return key
    seen = '<input type="hidden" name="seen" value="{}" data-of="{}">{}'
    return format_html(seen, document.version, document.subject, key)


@register.inclusion_tag("parts/verb.html", takes_context=True)
def verb_button(context: template.Context, document: Recorded, url: str, label: str, **more: Any) -> dict[str, Any]:
    """One button of one verb, in its own form.

    {% why_not order.issue as hint %}
    {% url "procurement:order-issue" order.number as issue_url %}
    {% verb_button order issue_url _("Issue to the supplier") verb="issue_order" hint=hint primary=True key="i" %}

    Its view answers with a redirect, or with a fragment for ``target="#status"``, which then is replaced.
    Without the verb it is not shown at all; with a hint it is shown, says why it cannot be pressed, and sends nothing.
    """
    request = context.get("request")
    verb = more.get("verb")
    is_allowed = verb is None or (request is not None and request.actor is not None and holds(request.actor, verb))
    return {
        **more,
        "document": document,
        "url": url,
        "label": label,
        "is_allowed": is_allowed,
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "hint_id": f"why-{get_random_string(6)}",
    }


@register.inclusion_tag("parts/field.html")
def field(bound: Any, **more: Any) -> dict[str, Any]:
    """``{% field form.reason %}``: label, hint, error, control; named and described for everybody."""
    kind = bound.field.widget.__class__.__name__
    is_group = kind in ("RadioSelect", "CheckboxSelectMultiple")
    described = [f"{bound.auto_id}_hint"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors and not is_group:
        attrs["aria-invalid"] = "true"
    is_check = kind == "CheckboxInput"
    return {**more, "bound": bound, "control": bound.as_widget(attrs=attrs), "is_group": is_group, "is_check": is_check}


@register.inclusion_tag("parts/errors.html")
def errors(form: Any) -> dict[str, Any]:
    """``{% errors form %}``: the summary above a form, each error a link to its field."""
    fields = [(bound, error) for bound in form for error in bound.errors]
    return {"form": form, "fields": fields, "others": form.non_field_errors()}


@register.inclusion_tag("parts/help_link.html")
def help(topic: str, label: str = "") -> dict[str, Any]:
    """``{% help "orders" %}``: opens templates/help/orders.html beside the page."""
    return {"topic": topic, "label": label, "url": reverse("foundation:help", args=[topic])}


@register.inclusion_tag("parts/panels.html", takes_context=True)
def panels(context: template.Context, slot: str, **where: Any) -> dict[str, Any]:
    """``{% panels "order" number=order.number %}``: what upper packages show about this document."""
    request = context["request"]
    return {"panels": panels_for(slot, request.actor, **where) if request.actor else []}


@register.tag("part")
def part(parser: Parser, token: Token) -> "Part":
    """``{% part "parts/card.html" title=_("Lines") %} ... {% endpart %}``: a template around a ``{{ body }}``."""
    _, name, *words = token.split_contents()
    values = template.base.token_kwargs(words, parser)
    body = parser.parse(("endpart",))
    parser.delete_first_token()
    return Part(parser.compile_filter(name), values, body)


class Part(Node):
    def __init__(self, name: FilterExpression, values: dict[str, FilterExpression], body: NodeList) -> None:
        self.name, self.values, self.nodelist = name, values, body

    def render(self, context: template.Context) -> str:
        found = context.template.engine.get_template(self.name.resolve(context))  # type: ignore[union-attr]
        values = {key: value.resolve(context) for key, value in self.values.items()}
        with context.push(body=self.nodelist.render(context), **values):
            return found.render(context)
