"""Is only the central town in politique de la ville?"""

import pytest

from faubourg.rules.typology import CONTEXT_LABELS, Context, Quarter, only_central_town

CLERMONT, COURNON = ("63113", "Clermont-Ferrand"), ("63124", "Cournon-d’Auvergne")
GAUTHIERE = Quarter("La Gauthière", (CLERMONT,))
SOUTH = Quarter("Quartiers sud", (COURNON,))
ASTRIDE = Quarter("À cheval", (CLERMONT, COURNON))
NOWHERE = Quarter("Sans commune")


@pytest.mark.parametrize(
    ("quarters", "central", "answer", "codes"),
    [
        ([GAUTHIERE], "63113", True, ["all_inside"]),
        ([GAUTHIERE, GAUTHIERE], "63113", True, ["all_inside"]),
        ([GAUTHIERE, SOUTH], "63113", False, ["outside"]),
        ([ASTRIDE], "63113", False, ["outside"]),
        ([GAUTHIERE, NOWHERE], "63113", None, ["unplaced"]),
        ([SOUTH, NOWHERE], "63113", False, ["outside", "unplaced"]),
        ([GAUTHIERE], None, None, ["central"]),
        ([], "63113", None, ["quarters"]),
    ],
)
def test_the_flag_follows_the_communes_of_the_quarters(quarters, central, answer, codes):
    verdict = only_central_town(quarters, central)
    assert verdict.ok is answer
    assert [reason.code for reason in verdict.reasons] == codes
    assert all(reason.sentence for reason in verdict.reasons)


def test_every_context_has_a_label():
    assert set(CONTEXT_LABELS) == set(Context)
