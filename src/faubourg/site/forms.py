"""How every form is drawn (label, help, errors, in that order, tied by ids); forms of the site itself."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

THEMES = (("auto", _("Comme mon appareil")), ("light", _("Clair")), ("dark", _("Sombre")))


class FormRenderer(TemplatesSetting):
    """Fields and forms of the design system; widgets stay Django's, styled by element."""

    form_template_name = "site/parts/form.html"
    field_template_name = "site/parts/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """Django includes two templates an option, three a text: with 109 départements, or a grid of 200
        fields, that is half of a page’s time.
        """
        if template_name == "django/forms/widgets/select.html":
            return _select(context["widget"])
        if template_name in _INPUTS:
            return _input(context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 (a template escapes)


_INPUTS = frozenset(
    f"django/forms/widgets/{name}.html" for name in ("input", "text", "number", "hidden", "date", "email")
)


def _input(widget: Mapping[str, Any]) -> SafeString:
    """The same markup as Django's own templates."""
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    attributes = flatatt(widget["attrs"])
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attributes)


def _select(widget: Mapping[str, Any]) -> SafeString:
    """The same markup as Django's own template."""
    groups = ((_group(name, options),) for name, options, _rank in widget["optgroups"])
    drawn = format_html_join("\n", "{}", groups)
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), drawn)


def _group(name: str | None, options: list[Mapping[str, Any]]) -> SafeString:
    drawn = mark_safe("\n".join(map(_option, options)))  # noqa: S308 (each part is escaped)
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn


def _option(option: Mapping[str, Any]) -> str:
    """Hundreds of them on one page: escaped one by one, without the cost of a format."""
    attributes = flatatt(option["attrs"]) if option["attrs"] else ""
    value, label = conditional_escape(option["value"]), conditional_escape(option["label"])
    return f'<option value="{value}"{attributes}>{label}</option>'


class ThemeForm(forms.Form):
    """Light, dark, or as the device says."""

    theme = forms.ChoiceField(choices=THEMES)
    next = forms.CharField(required=False)
