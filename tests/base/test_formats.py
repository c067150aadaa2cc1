"""The first of a month is an ordinal in French, wherever Django writes a date."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

FIRST, SECOND = date(2026, 7, 1), date(2026, 7, 2)


@pytest.mark.parametrize(
    ("language", "value", "wanted", "said"),
    [
        ("fr", FIRST, "DATE_FORMAT", "1er juillet 2026"),
        ("fr", SECOND, "DATE_FORMAT", "2 juillet 2026"),
        ("fr", FIRST, "MONTH_DAY_FORMAT", "1er juillet"),
        ("fr", datetime(2026, 7, 1, 12, 30, tzinfo=UTC), "DATETIME_FORMAT", "1er juillet 2026 12:30"),
        ("fr", FIRST, "SHORT_DATE_FORMAT", "01/07/2026"),
        ("en", FIRST, "SHORT_DATE_FORMAT", "01/07/2026"),
        ("en", FIRST, "DATE_FORMAT", "July 1, 2026"),
        ("en", SECOND, "jS F", "2nd July"),
    ],
)
def test_a_day_in_words(language, value, wanted, said):
    with translation.override(language):
        assert date_format(value, wanted) == said


@pytest.mark.parametrize("written", ["{{ day }}", "{{ day|date }}", '{{ day|date:"DATE_FORMAT" }}'])
def test_a_template_says_the_same(written):
    assert Template(written).render(Context({"day": FIRST})) == "1er juillet 2026"
