"""One page with an autosaved form, for the browser tests of autosave."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from faubourg.base import drafts
from faubourg.site.urls import handler400, handler403, handler404, handler500, urlpatterns

KEY = "essai:1"


class NoteForm(forms.Form):
    """A text, a choice, a box."""

    note = forms.CharField(widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    open = forms.BooleanField(required=False)


def note(request):
    """Sending the form forgets the draft, as a real view does."""
    form = NoteForm(request.POST or None)
    if request.method == "POST" and request.user.is_authenticated and form.is_valid():
        drafts.discard(person_ref=request.user.ref, form_key=KEY)
        return HttpResponse(f"reçu : {form.cleaned_data['note']}")
    return render(request, "kinds/step.html", {"form": form, "draft_key": KEY})


urlpatterns = [*urlpatterns, path("essai/", note)]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
