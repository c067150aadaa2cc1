"""The categories of an area, and its words in other languages."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..forms.areas import CategoryForm, TranslationForm
from ..models import Area, Category
from ..queries.phrases import LANGUAGES, RIGHT_TO_LEFT, phrases_of
from ..services import settings as services
from ..services import translations
from .finding import actor_of
from .settings_page import edited, set_area, try_to

MOST_PHRASES = 500


@require_safe
def area_categories(request: HttpRequest, code: str) -> HttpResponse:
    """`…/reglages/categories/`: what residents may report here, and what is promised."""
    area = set_area(request, code)
    context = {"area": area, "categories": area.categories.order_by("order", "name")}
    return render(request, "proximity/areas/categories.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def area_category(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """`…/categories/nouvelle/` and `…/categories/<pk>/`."""
    area = set_area(request, code)
    category = area.categories.filter(pk=pk).first() if pk else Category(area=area)
    if category is None:
        raise Http404(_("Cette catégorie n’est pas de ce territoire."))
    initial: dict[str, Any] = CategoryForm.values_of(category) if pk else {}
    form = CategoryForm(request.POST or None, initial=initial)
    return edited(
        request,
        area,
        form,
        lambda: services.write_category(
            category=category,
            values=form.told(),
            base_version=form.base_version if pk else None,
            by=actor_of(request),
        ),
        title=category.name or _("Nouvelle catégorie"),
        back=("area_categories", _("Catégories")),
        done=_("La catégorie est enregistrée."),
    )


def _check(language: str) -> None:
    if language not in LANGUAGES:
        raise Http404(_("Langues possibles : %(all)s.") % {"all": ", ".join(LANGUAGES)})


def _written(request: HttpRequest, area: Area, language: str, form: TranslationForm) -> int:
    """The status to answer with; 302 when it is written."""
    known = {phrase.key for phrase in phrases_of(area, language)}
    if not form.is_valid() or form.cleaned_data["key"] not in known:
        return 422
    data = form.cleaned_data
    return try_to(
        form,
        lambda: translations.write_translation(
            area=area,
            language=language,
            key=data["key"],
            text=data["text"],
            base_version=data["version"] or 0,
            validated="valider" in request.POST,
            at=timezone.now(),
            by=actor_of(request),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def area_translations(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """`…/reglages/traductions/<language>/`: each sentence for residents, to be read again by somebody."""
    area = set_area(request, code)
    _check(language)
    failed, status = None, 200
    if request.method == "POST":
        failed = TranslationForm(request.POST)
        status = _written(request, area, language, failed)
        if status == 302:
            messages.success(request, _("La traduction est enregistrée."))
            return redirect("area_translations", area.code, language)
    phrases = phrases_of(area, language)
    context = {
        "area": area,
        "language": language,
        "language_name": LANGUAGES[language],
        "rtl": language in RIGHT_TO_LEFT,
        "languages": LANGUAGES.items(),
        "phrases": phrases,
        "unread": sum(not phrase.validated_at for phrase in phrases),
        "failed": failed,
        "failed_key": request.POST.get("key", ""),
    }
    return render(request, "proximity/areas/translations.html", context, status=status)


@require_POST
def area_translations_validate(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """`…/traductions/<language>/valider/`: every sentence that was on the page and has not moved since."""
    area = set_area(request, code)
    _check(language)
    read = set(request.POST.getlist("lu")[:MOST_PHRASES])
    asked = [one for one in phrases_of(area, language) if f"{one.key}:{one.version}" in read]
    done = translations.validate_translations(
        area=area, language=language, phrases=asked, at=timezone.now(), by=actor_of(request)
    )
    told = ngettext("%(n)s phrase validée.", "%(n)s phrases validées.", done) % {"n": done}
    messages.success(request, told)
    return redirect("area_translations", area.code, language)
