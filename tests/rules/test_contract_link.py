"""From a neighbourhood to its contract, as a table."""

import pytest

from faubourg.rules.contract_link import Borne, CommuneFacts, derive

CLERMONT = CommuneFacts("63113", "Clermont-Ferrand", "63", epci="246300701")
CUSSET = CommuneFacts("03095", "Cusset", "03", epci="200071363")
VICHY = CommuneFacts("03310", "Vichy", "03", epci="200071363")
SEVRAN = CommuneFacts("93071", "Sevran", "93", epci="200054781", ept="200058097")
GONESSE = CommuneFacts("95277", "Gonesse", "95", epci="200055655")
MITRY = CommuneFacts("77294", "Mitry-Mory", "77", epci="200055655")
RAISMES = CommuneFacts("59491", "Raismes", "59", epci="200042190")
VALENCIENNES = CommuneFacts("59606", "Valenciennes", "59", epci="245901160")

BORNE = {
    "246300701": [Borne("CN06302M", "63")],
    "200071363": [Borne("CN00301M", "03")],
    "200058097": [Borne("CN09303M", "93")],
    "200055655": [Borne("CN07708M", "77"), Borne("CN09503M", "95")],
    "200042190": [Borne("CN05902M", "59")],
    "245901160": [Borne("CN05904M", "59")],
    "97302": [Borne("CV380", "973"), Borne("CN97301I", "973")],
}

CASES = [
    # (communes, contracts, basis, verdict, reason)
    ([CLERMONT], ["CN06302M"], "epci", True, "by-epci"),
    ([CUSSET, VICHY], ["CN00301M"], "epci", True, "by-epci"),
    ([SEVRAN], ["CN09303M"], "ept", True, "by-ept"),
    ([GONESSE], ["CN09503M"], "epci", True, "by-epci"),
    ([MITRY], ["CN07708M"], "epci", True, "by-epci"),
    ([RAISMES, VALENCIENNES], ["CN05902M", "CN05904M"], "epci", None, "several-contracts"),
    ([CommuneFacts("97302", "Cayenne", "973")], ["CN97301I", "CV380"], "commune", None, "several-contracts"),
    ([CommuneFacts("01001", "L'Abergement", "01", epci="200069193")], [], None, False, "no-contract"),
]


@pytest.mark.parametrize(("communes", "contracts", "basis", "answer", "code"), CASES)
def test_deriving(communes, contracts, basis, answer, code):
    """One contract, several or none."""
    found = derive(communes, BORNE)
    assert [link.contract for link in found.links] == contracts
    assert {link.basis for link in found.links} == ({basis} if basis else set())
    assert found.verdict.ok is answer
    assert found.verdict.reasons[0].code == code
    assert found.ambiguous is (answer is None)
    assert found.verdict.reasons[0].sentence


def test_the_most_local_bearer_is_the_basis_shown():
    """A contract borne by both the commune and its EPCI is deduced from the commune."""
    borne = {"63113": [Borne("X")], "246300701": [Borne("X")]}
    assert [link.basis for link in derive([CLERMONT], borne).links] == ["commune"]


def test_a_neighbourhood_partly_outside_any_contract_says_so():
    outside = CommuneFacts("63999", "Ailleurs", "63")
    reasons = derive([CLERMONT, outside], BORNE).verdict.reasons
    assert [reason.code for reason in reasons] == ["by-epci", "partly-covered"]
    assert "Ailleurs" in reasons[1].sentence
