"""The schema of a rule set: each part, its keys and what each may hold."""

from datetime import date

from ..verdict import LegalSource, mark
from .rule_set import (
    WHOLE_BP,
    Base,
    Condition,
    Criterion,
    Exclusion,
    Grid,
    Jury,
    LocalShare,
    Measure,
    Piece,
    RuleSet,
    Sanction,
    Scope,
    Status,
    Step,
    Theme,
    Window,
)
from .schema import EMPTY, MISSING, Node

MOST_MARK = 100


def rule_set(node: Node) -> RuleSet:
    """The whole; what is wrong in it is told to the node's problems, never raised."""
    return node.built(_rule_set) if node.is_object() else _rule_set(node)


def _rule_set(node: Node) -> RuleSet:
    found = RuleSet(
        id=node.text("id"),
        version=node.number("version", least=1, most=10_000, default=1),
        name=node.text("name"),
        instrument=node.text("instrument"),
        authority=node.text("authority"),
        scope=_asked(node, "scope") or Scope("", ()),
        valid_from=node.day("valid_from"),
        valid_to=node.day("valid_to") if _given(node, "valid_to") else None,
        status=node.one_of("status", Status, default=Status.DRAFT),
        source=node.inner("source", _source) or LegalSource(""),
        measures=node.items("measures", _measure),
        windows=node.items("windows", _window),
        exclusions=node.items("exclusions", _exclusion),
        juries=node.items("juries", _jury),
        pieces=node.items("pieces", _piece),
        prior_contacts=node.texts("prior_contacts"),
        intent_opinion=node.one_of("intent_opinion", Sanction) if _given(node, "intent_opinion") else None,
        grid=node.inner("grid", _grid),
        to_confirm=_open(node),
    )
    for key, told in (("source", found.source.text), ("measures", found.measures)):
        if not told and not _given(node, key):
            node.wrong(key, "rules-missing", MISSING)
    if _given(node, "measures") and not found.measures:
        node.wrong("measures", "rules-empty", EMPTY)
    return found


def _given(node: Node, key: str) -> bool:
    node.known.add(key)
    return isinstance(node.value, dict) and node.value.get(key) is not None


def _open(node: Node) -> str:
    return node.text("to_confirm", default="")


def _asked(node: Node, key: str) -> Scope | None:
    found = node.inner(key, lambda inner: Scope(inner.text("kind"), inner.texts("codes")))
    if found is None and not _given(node, key):
        node.wrong(key, "rules-missing", MISSING)
    return found


def _source(node: Node) -> LegalSource:
    since: date | None = node.day("since") if _given(node, "since") else None
    return LegalSource(node.text("text"), node.text("article", default=""), since)


def _window(node: Node) -> Window:
    return Window(
        step=node.one_of("step", Step),
        closes=node.moment("closes"),
        sanction=node.one_of("sanction", Sanction),
        opens=node.moment("opens") if _given(node, "opens") else None,
        to_confirm=_open(node),
    )


def _measure(node: Node) -> Measure:
    natures, ceilings = node.texts("natures"), node.amounts("ceilings_cents")
    themes = node.items("themes", lambda one: Theme(one.text("code"), one.text("name")))
    required = node.flag("themes_required", default=False)
    if required and not themes:
        node.wrong("themes", "rules-empty", EMPTY)
    for nature in ceilings:
        if natures and nature not in natures:
            node.wrong(
                f"ceilings_cents.{nature}",
                "rules-nature",
                mark("{path} : plafond d’une nature que la mesure ne finance pas."),
            )
    return Measure(
        code=node.text("code"),
        name=node.text("name"),
        article=node.text("article", default=""),
        floor_cents=node.number("floor_cents") if _given(node, "floor_cents") else None,
        ceilings_cents=ceilings or None,
        natures=natures,
        applicants=node.texts("applicants"),
        local_share=node.inner("local_share", _local_share),
        themes=themes,
        themes_required=required,
        conditions=node.many_of("conditions", Condition),
        content_review=node.flag("content_review", default=True),
        to_confirm=_open(node),
    )


def _local_share(node: Node) -> LocalShare:
    payers = node.texts("payers")
    if not payers:
        node.wrong("payers", "rules-empty", EMPTY)
    return LocalShare(
        least_bp=node.number("least_bp", most=WHOLE_BP),
        base=node.one_of("base", Base),
        payers=payers,
        to_confirm=_open(node),
    )


def _exclusion(node: Node) -> Exclusion:
    return Exclusion(
        code=node.text("code"),
        name=node.text("name"),
        exception=node.text("exception", default=""),
        measures=node.texts("measures"),
        to_confirm=_open(node),
    )


def _jury(node: Node) -> Jury:
    return Jury(
        code=node.text("code"),
        name=node.text("name"),
        members=node.texts("members"),
        fallback=node.flag("fallback", default=False),
        to_confirm=_open(node),
    )


def _piece(node: Node) -> Piece:
    return Piece(node.text("code"), node.text("name"), node.texts("measures"))


def _criterion(node: Node) -> Criterion:
    return Criterion(node.text("code"), node.text("name"), node.number("weight_bp", most=WHOLE_BP))


def _grid(node: Node) -> Grid:
    criteria = node.items("criteria", _criterion)
    total = sum(criterion.weight_bp for criterion in criteria)
    if total != WHOLE_BP:
        node.wrong(
            "criteria",
            "rules-weights",
            mark("{path} : les poids font {total}, il faut {whole} (100 %)."),
            total=total, whole=WHOLE_BP,
        )  # fmt: skip
    return Grid(node.number("most", least=1, most=MOST_MARK), criteria, _open(node))
