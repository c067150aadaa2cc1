"""In English, every French word stands in an element that says it is French, or in a proper name."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from benchmarks.pages import PAGES

pytestmark = pytest.mark.django_db

# Words that a French sentence cannot do without; lower case: « Quartiers Nord » and « Grand Est » are names.
TELL_TALE = re.compile(
    r"(?<!-)\b(?:une|est|sont|pas|qui|dans|avec|cette|ces|leurs?|aux|été|être|pour|où|dont|mais|chaque|aucune?|"
    r"seule?s?|imprimée?s?|annoncée?s?|nommée?s?|habitants|intercommunalités?|contours|chiffres|lieu|"
    r"périmètres?|quartiers|données|millésime)\b(?!-)"
)
MORE = [
    "/api/",
    "/sources/auvergne-2016/",
    "/sources/clermont-centre-2024/",
    "/sources/saint-etienne-2014/",
    "/sources/nord-pas-de-calais-2014/",
    "/sources/gup-niort-2013/",
    "/sources/qpv-2024/",
    "/sources/contrats-2015/",
    "/quartiers/LOC-A-QUARTIERS-SUD/",
    "/epci/LOC-A-EPCI-VICHY/",
    "/epci/200071363/",
    "/contrats/CV015/",
    "/contrats/CV228/fiche/",
    "/outils/eligibilite/",
    "/a-propos/",
    "/accessibilite/",
]
WALK = [address for address in PAGES if ".json" not in address] + MORE
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}


class EnglishText(HTMLParser):
    """The texts of a page that claim to be English."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            before = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or before))

    def handle_endtag(self, tag):
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tag, lang = self.open[-1] if self.open else ("", "")
        # A title of a page holds no element: that of a source stays as its publisher wrote it.
        if lang == "en" and tag not in ("script", "style", "code", "title") and data.strip():
            self.texts.append(" ".join(data.split()))


@pytest.mark.parametrize("address", WALK)
def test_no_french_sentence_passes_for_english(client, address):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = client.get(address, headers={"accept-language": "en"}, follow=True)
    assert response.status_code == 200
    page = EnglishText()
    page.feed(response.content.decode())
    assert len(page.texts) > 20
    assert [text for text in page.texts if TELL_TALE.search(text)] == []
