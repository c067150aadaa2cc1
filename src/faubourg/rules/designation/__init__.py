"""Which neighbourhood qualifies as « quartier prioritaire », under which text, and why.

`judge(facts)` reads the text in force at `facts.judged_on`; `thresholds` holds the arithmetic of the
income ceiling; `audit` applies the urban-unit criterion to a whole published list.
"""

from .audit import Audit, ListedNeighbourhood, audit
from .facts import Facts, Geography
from .formula import Formula, formula
from .margins import Margin, margin
from .statute import judge
from .thresholds import eligible_urban_unit, income_ceiling, overseas_income_ceiling, round_up_to_hundred

__all__ = [
    "Audit",
    "Facts",
    "Formula",
    "Geography",
    "ListedNeighbourhood",
    "Margin",
    "audit",
    "eligible_urban_unit",
    "formula",
    "income_ceiling",
    "judge",
    "margin",
    "overseas_income_ceiling",
    "round_up_to_hundred",
]
