"""Widgets drawn without a template say what Django's own templates say."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from faubourg.site.forms import FormRenderer


class Told(HTMLParser):
    """Each tag with its attributes, whatever their order."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "widget",
    [forms.TextInput, forms.NumberInput, forms.HiddenInput, forms.DateInput, forms.EmailInput, forms.Select],
)
@pytest.mark.parametrize("value", [None, "", "a\"b<c>&'d", 12, "é\u202f€"])
@pytest.mark.parametrize("attrs", [{}, {"required": True, "disabled": False, "data-x": '"><script>'}])
def test_the_same_markup(widget, value, attrs):
    drawn = [
        Told(widget().render("n<a>m", value, attrs, renderer)).tags
        for renderer in (FormRenderer(), TemplatesSetting())
    ]
    assert drawn[0] == drawn[1]
    assert drawn[0]
