"""The three grids that a town starts with: by day, by night, exploratory; copied, then changed at will."""

from ..verdict import mark
from .grids import PRINCIPLES, Grid, Kind, Strand, Theme

_TECHNICAL = (
    Theme("cleanliness", Strand.TECHNICAL, mark("Propreté"),
          mark("Le sol, les abords et les corbeilles sont-ils propres ?")),
    Theme("waste", Strand.TECHNICAL, mark("Déchets, tri et encombrants"),
          mark("Y a-t-il des dépôts ? Les conteneurs sont-ils bien placés, assez nombreux ?")),
    Theme("lighting", Strand.TECHNICAL, mark("Éclairage"),
          mark("Quelles lampes manquent, éblouissent ou ne marchent pas ?")),
    Theme("roads", Strand.TECHNICAL, mark("Chaussées, trottoirs et cheminements"),
          mark("Passe-t-on avec une poussette, un fauteuil, un caddie ?")),
    Theme("parking", Strand.TECHNICAL, mark("Stationnement et épaves"),
          mark("Des véhicules gênent-ils, des épaves restent-elles ?")),
    Theme("greenery", Strand.TECHNICAL, mark("Espaces verts"),
          mark("Les plantations sont-elles entretenues, cachent-elles la vue ?")),
    Theme("equipment", Strand.TECHNICAL, mark("Jeux, bancs et mobilier"),
          mark("Qu’est-ce qui est cassé, qu’est-ce qui manque ?")),
    Theme("halls", Strand.TECHNICAL, mark("Halls, ascenseurs et parties communes"),
          mark("L’entrée ferme-t-elle, l’ascenseur marche-t-il, est-ce propre ?")),
    Theme("fronts", Strand.TECHNICAL, mark("Façades et inscriptions"),
          mark("Que disent les murs, que faut-il reprendre ?")),
)  # fmt: skip
_SOCIAL = (
    Theme("tranquillity", Strand.SOCIAL, mark("Tranquillité"),
          mark("À quelles heures ce lieu est-il calme, bruyant, évité ?")),
    Theme("sharing", Strand.SOCIAL, mark("Usages et partage des lieux"),
          mark("Qui se sert de ce lieu, avec quels conflits ?")),
    Theme("presence", Strand.SOCIAL, mark("Présence humaine"),
          mark("Gardiens, médiateurs, éducateurs, associations : qui voit-on ici ?")),
    Theme("life", Strand.SOCIAL, mark("Rencontre et vie du quartier"),
          mark("Où se retrouve-t-on ? Que pourrait-on y faire ensemble ?")),
    Theme("services", Strand.SOCIAL, mark("Services et commerces"),
          mark("Que trouve-t-on à pied, qu’est-ce qui a fermé ?")),
    Theme("information", Strand.SOCIAL, mark("Information et accueil"),
          mark("Sait-on à qui parler, quand, et dans quelle langue ?")),
)  # fmt: skip
_BY_NIGHT = (
    Theme("shadows", Strand.TECHNICAL, mark("Zones d’ombre"),
          mark("Où ne reconnaît-on pas un visage à dix pas ?")),
    Theme("ways-home", Strand.TECHNICAL, mark("Retour chez soi"),
          mark("De l’arrêt à la porte : lumière, digicode, boîtes aux lettres ?")),
    Theme("noise", Strand.SOCIAL, mark("Bruit de nuit"),
          mark("D’où vient-il, jusqu’à quelle heure, qui dérange-t-il ?")),
    Theme("open-late", Strand.SOCIAL, mark("Lieux ouverts le soir"),
          mark("Où entrer en cas de besoin, jusqu’à quelle heure ?")),
)  # fmt: skip
_LIT = tuple(theme for theme in _TECHNICAL if theme.code in ("lighting", "roads", "halls"))
_LIVED = tuple(theme for theme in _SOCIAL if theme.code in ("tranquillity", "sharing", "presence"))

GENERAL = Grid("general", 1, Kind.GENERAL, _TECHNICAL + _SOCIAL)
NIGHT = Grid("night", 1, Kind.NIGHT, _LIT + _BY_NIGHT + _LIVED)
EXPLORATORY = Grid("exploratory", 1, Kind.EXPLORATORY, _TECHNICAL + _BY_NIGHT + _SOCIAL, PRINCIPLES)
GRIDS = (GENERAL, NIGHT, EXPLORATORY)
