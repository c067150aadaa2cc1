"""Each sentence of the residents' pages exists in each language, with the same places to fill."""

import string

import pytest
from django.utils import timezone

from faubourg.proximity.data.resident_texts import LANGUAGES, TEXTS
from faubourg.proximity.models import Translation
from faubourg.proximity.texts import Words
from faubourg.rules.proximity.categories import PRESETS
from faubourg.rules.proximity.circuits import REPORT
from tests.factories.proximity import AreaFactory, CategoryFactory


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "fr"])
def test_a_language_says_everything_and_fills_the_same_places(language):
    told = TEXTS[language]
    categories = {f"category.{preset.code}" for preset in PRESETS}
    assert set(told) == set(TEXTS["fr"]) | categories
    for key, french in TEXTS["fr"].items():
        assert places(told[key]) == places(french), key
        assert told[key].strip(), key


def test_each_state_can_be_said():
    states = {state for state in REPORT.states if state}
    assert {f"state.{state}" for state in states} <= set(TEXTS["fr"])
    assert {f"news.{state}" for state in states} <= set(TEXTS["fr"])


@pytest.mark.django_db
def test_the_team_corrects_and_validates_a_language():
    area = AreaFactory()
    words = Words("ar", area)
    assert words.direction == "rtl"
    assert words.to_review
    assert not Words("fr", area).to_review
    now = timezone.now()
    Translation.objects.bulk_create(
        Translation(area=area, language="ar", key=key, text=text, validated_at=now)
        for key, text in TEXTS["ar"].items()
        if key in TEXTS["fr"] and key != "send"
    )
    assert Words("ar", area).to_review
    Translation.objects.create(area=area, language="ar", key="send", text="أرسل", validated_at=now)
    words = Words("ar", area)
    assert not words.to_review
    assert words.said("send") == "أرسل"


@pytest.mark.django_db
def test_a_translation_that_lost_a_place_or_holds_a_trap_falls_back():
    area = AreaFactory()
    for text in ("{", "{0.__class__}", "{nothing}"):
        Translation.objects.update_or_create(
            area=area, language="en", key="where.here", defaults={"text": text}
        )
        assert Words("en", area).said("where.here", name="Hall") == "The place: Hall"


@pytest.mark.django_db
def test_a_category_of_the_town_is_said_in_french_and_marked():
    category = CategoryFactory(code="propre-a-la-ville", name="Fontaine", easy="La fontaine")
    assert Words("en", category.area).category(category) == "La fontaine"
    assert Words("en", category.area).is_french(category)
    assert Words("en").category(CategoryFactory(code="lift")) == "Lift out of order"


def test_in_arabic_a_number_keeps_its_direction_and_an_address_stays_bare():
    words = Words("ar")
    assert "\u20680 800\u2069" in words.said("phone", hotline="0 800")
    assert words.said("news.follow", url="https://x.fr/s/k/").endswith(" https://x.fr/s/k/")
