"""How every form is drawn (label, help, errors, in that order, tied by ids); forms of the site itself."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

THEMES = (("auto", _("Comme mon appareil")), ("light", _("Clair")), ("dark", _("Sombre")))


class FormRenderer(TemplatesSetting):
    """Fields and forms of the design system; widgets stay Django's, styled by element."""

    form_template_name = "site/parts/form.html"
    field_template_name = "site/parts/field.html"


class ThemeForm(forms.Form):
    """Light, dark, or as the device says."""

    theme = forms.ChoiceField(choices=THEMES)
    next = forms.CharField(required=False)
