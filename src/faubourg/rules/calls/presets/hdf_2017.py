"""Hauts-de-France, from 2017: what took over the funds and the summers of Nord-Pas-de-Calais.

Known from second-hand accounts of the Region's own framework: no floor and no date is given there, so none
is set; a service that applies it fills them in first.
"""

from typing import Any

from ..rule_set import Status

HDF_2017: dict[str, Any] = {
    "id": "hdf-2017",
    "name": "Initiatives citoyennes et Nos quartiers d’été, Région Hauts-de-France",
    "instrument": "aap_pic_nqe",
    "authority": "Région Hauts-de-France",
    "scope": {"kind": "region", "codes": ["32"]},
    "valid_from": "2017-01-01",
    "status": Status.PUBLISHED,
    "source": {"text": "Région Hauts-de-France, PIC et NQE", "since": "2017-01-01"},
    "to_confirm": "Connu par des comptes rendus : planchers, dates et pièces restent à saisir.",
    "measures": [
        {
            "code": "pic",
            "name": "Projets d’initiative citoyenne",
            "article": "PIC",
            "natures": ["operating"],
            "applicants": ["association"],
        },
        {"code": "nqe", "name": "Nos quartiers d’été", "article": "NQE 2017", "natures": ["operating"],
         "to_confirm": "Que le fonctionnement seul soit financé est écrit pour les PIC, supposé ici."},
    ],
    "exclusions": [
        {
            "code": "programme_activite",
            "name": "programme d’activité déjà financé par la Région",
            "measures": ["nqe"],
        },
    ],
}  # fmt: skip
