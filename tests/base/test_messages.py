"""Both languages are whole: every sentence has its English, and what is compiled is what is written."""

import gettext
import io

import pytest

from faubourg.base.translations import catalogue, sources
from faubourg.base.translations.compiled import compiled


@pytest.mark.parametrize("room", sources.rooms())
def test_a_room_speaks_both_languages(room):
    assert list(catalogue.problems(room)) == []


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A room of its own, with a Python file and a template."""
    (tmp_path / "loge/templates/loge").mkdir(parents=True)
    (tmp_path / "loge/views.py").write_text(
        'a = _("Un" " deux")\nb = ngettext("{n} ligne", "{n} lignes", 2)\n'
        'c = pgettext("mois", "mai")\nd = mark("Règle {x}")\n',
        encoding="utf-8",
    )
    (tmp_path / "loge/templates/loge/page.html").write_text(
        "{% load i18n %}{% translate 'Page' %}{% blocktranslate trimmed count n=n %}\n un {{ n }}\n"
        "{% plural %}\n des {{ n }}\n{% endblocktranslate %}",
        encoding="utf-8",
    )
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    monkeypatch.setattr(catalogue, "PACKAGE", tmp_path)
    return "loge"


def fill(room, words):
    """Translate as a person would: in the .po file."""
    path = catalogue.path_of(room, "en")
    text = path.read_text(encoding="utf-8")
    for french, english in words.items():
        text = text.replace(f'msgid "{french}"\nmsgstr ""', f'msgid "{french}"\nmsgstr "{english}"')
    path.write_text(text, encoding="utf-8")


def test_strings_are_found_in_python_and_templates(room):
    found = {message.id for message in sources.strings(room) if message.id}
    assert found == {
        "Un deux", ("{n} ligne", "{n} lignes"), "mai", "Règle {x}", "Page", ("un %(n)s", "des %(n)s"),
    }  # fmt: skip


def test_what_is_missing_fuzzy_obsolete_or_out_of_date_is_told(room):
    catalogue.update(room)
    assert sum(": missing: " in problem for problem in catalogue.problems(room)) == 6
    fill(room, {"Un deux": "One two", "Règle {x}": "Rule {y}", "mai": "May"})
    told = list(catalogue.problems(room))
    assert sum(": missing: " in problem for problem in told) == 3
    assert any("places differ: 'Règle {x}'" in problem for problem in told)
    assert any("django.mo is not" in problem for problem in told)
    catalogue.compile_room(room)
    assert not any("django.mo is not" in problem for problem in catalogue.problems(room))
    (sources.PACKAGE / "loge/views.py").write_text("")
    assert any("obsolete: 'mai'" in problem for problem in catalogue.problems(room))
    catalogue.update(room)
    assert "May" in catalogue.path_of(room, "en").read_text()
    catalogue.update(room, prune=True)
    assert "May" not in catalogue.path_of(room, "en").read_text()


def test_updating_and_compiling_again_changes_nothing(room):
    catalogue.update(room)
    fill(room, {"Un deux": "One two"})
    catalogue.update(room)
    first = catalogue.path_of(room, "en").read_bytes()
    assert b"One two" in first
    assert len(catalogue.compile_room(room)) == 2
    catalogue.update(room)
    assert catalogue.path_of(room, "en").read_bytes() == first
    assert catalogue.compile_room(room) == []


def test_zero_is_singular_in_french(room):
    catalogue.update(room)
    catalogue.compile_room(room)
    with catalogue.path_of(room, "fr", ".mo").open("rb") as file:
        french = gettext.GNUTranslations(file)
    assert french.ngettext("{n} ligne", "{n} lignes", 0) == "{n} ligne"
    assert french.ngettext("{n} ligne", "{n} lignes", 2) == "{n} lignes"


def test_the_compiled_form_is_what_gettext_reads():
    header = "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    words = {"": header, "é": "e", "mois\x04mai": "May", "un\x00des": "one\x00some"}
    read = gettext.GNUTranslations(io.BytesIO(compiled(words)))
    assert (read.gettext("é"), read.pgettext("mois", "mai")) == ("e", "May")
    assert (read.ngettext("un", "des", 1), read.ngettext("un", "des", 2)) == ("one", "some")
