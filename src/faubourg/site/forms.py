"""How every form is drawn: label, help, errors, in that order, tied by ids."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Field template of the design system."""
