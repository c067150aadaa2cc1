"""Names as French writes them, and names that say the same place."""

import pytest

from faubourg.rules.names import Likeness, group_words, likeness, readable


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Fontaine Du Bac", "Fontaine du Bac"),
        ("Cournon D'Auvergne", "Cournon d'Auvergne"),
        ("Champ Roland Et Bords De L'Oise", "Champ Roland et Bords de l'Oise"),
        ("La Gauthière", "La Gauthière"),
        ("Crins - En Gach", "Crins - En Gach"),
        ("Les Hauts De Ville", "Les Hauts de Ville"),
        ("Centre Ville - Ile Sud", "Centre Ville - Ile Sud"),
        ("De Gaulle", "De Gaulle"),
    ],
)
def test_readable(printed, read):
    assert readable(printed) == read
    assert readable(read) == read


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("coeur de ville", "coeur de ville", Likeness.SAME),
        ("figuerolles", "gely figuerolles", Likeness.CONTAINED),
        ("rangueil", "empalot", Likeness.OTHER),
        ("la", "de", Likeness.OTHER),
    ],
)
def test_likeness(one, other, answer):
    assert likeness(one, other) is answer
    assert likeness(other, one) is answer


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ca de moulins", "ca moulins communaute"),
        ("cc de la region de chateau thierry", "ca de la region de chateau thierry"),
        ("ca de saint omer", "ca du pays de st omer"),
    ],
)
def test_groups_of_the_same_name(old, new):
    assert group_words(old) == group_words(new)
