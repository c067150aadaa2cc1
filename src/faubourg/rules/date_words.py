"""The words with which people write a date that is not quite one, in French and in English.

Keys are folded: lower case, without accents. Nothing here is law: it is how these words are read here.
"""

MONTHS = (
    ("janvier", "january", "janv", "jan"),
    ("fevrier", "february", "fevr", "feb"),
    ("mars", "march", "mar"),
    ("avril", "april", "avr", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "july", "juil", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
MONTH = {word: rank for rank, words in enumerate(MONTHS, start=1) for word in words}
# English writes « March 15 »; in French, « mars 15 » would be a year.
ENGLISH_MONTHS = tuple(words[1] for words in MONTHS)

# A month, or a year, shared in three: 0 its beginning, 1 its middle, 2 its end.
PART = {
    "debut": 0, "au debut de": 0, "early": 0, "beginning of": 0, "start of": 0, "the beginning of": 0,
    "mi": 1, "milieu": 1, "mid": 1, "middle of": 1, "the middle of": 1,
    "fin": 2, "a la fin de": 2, "late": 2, "end of": 2, "end": 2, "the end of": 2,
}  # fmt: skip
# First month of three.
SEASON = {"printemps": 3, "spring": 3, "ete": 6, "summer": 6, "automne": 9, "autumn": 9}
ORDINAL = {
    "1er": 1, "1": 1, "1e": 1, "premier": 1, "premiere": 1, "1st": 1, "first": 1,
    "2e": 2, "2eme": 2, "2nd": 2, "2": 2, "deuxieme": 2, "second": 2, "seconde": 2,
    "3e": 3, "3eme": 3, "3rd": 3, "3": 3, "troisieme": 3, "third": 3,
    "4e": 4, "4eme": 4, "4th": 4, "4": 4, "quatrieme": 4, "fourth": 4,
}  # fmt: skip
LAST = ("dernier", "last")
QUARTERS = ("trimestre", "quarter")
HALVES = ("semestre", "half")
FORTNIGHTS = ("quinzaine", "fortnight")

# What stands before a date and changes nothing to it, or only says that its last day still counts.
FILLERS = (
    "au plus tard", "a la",
    "d'ici a", "d'ici", "jusqu'a", "pour", "courant", "dans le courant de", "au cours de",
    "en", "le", "la", "l'", "du", "des", "de", "d'", "au", "no later than", "by", "in", "on",
    "during", "from", "the",
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
# Between the two ends of a period.
BETWEEN = ("jusqu'au", "jusqu'a", "au", "a", "to", "until", "-")
