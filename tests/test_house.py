"""The house holds: keys that never climb, one plan for every room, pieces short enough to read."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from faubourg.base.journal import acts

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "faubourg"
# From the ground up; siblings share a step. The same order as the import-linter contract.
STEPS = [
    {"rules"},
    {"base"},
    {"people"},
    {"territories"},
    {"contracts"},
    {"calls", "proximity", "participation", "resources"},
    {"evaluation"},
    {"casefiles"},
    {"site"},
]
HEIGHT = {room: height for height, step in enumerate(STEPS) for room in step}
PYTHON = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
# Python that only holds data may be long; a glossary of tokens in one CSS file is one idea.
LONG_ON_PURPOSE: dict[str, str] = {}


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("faubourg.")]


def room_of(model) -> str:
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_a_foreign_key_never_climbs_nor_crosses(model):
    """String keys escape import-linter; this reads the relations themselves."""
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if not field.is_relation or field.auto_created or target is None or target not in our_models():
            continue
        here, there = room_of(model), room_of(target)
        assert here == there or HEIGHT[there] < HEIGHT[here], (
            f"{model.__name__}.{field.name} points to {there}"
        )


def test_every_room_stands_on_the_staircase():
    rooms = {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert rooms <= set(HEIGHT), f"rooms without a step: {rooms - set(HEIGHT)}"


def test_no_junk_drawer():
    drawers = {"utils.py", "helpers.py", "signals.py", "common.py", "mixins.py", "misc.py"}
    assert [named(p) for p in PYTHON if p.name in drawers] == []


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_a_module_is_short_and_says_what_it_decides(path):
    text = path.read_text()
    if not text.strip():
        return
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module opens with one to five lines: what it decides, for whom"
    if named(path) not in LONG_ON_PURPOSE:
        assert len(text.splitlines()) <= 300, "over 300 lines asks to be split along an idea"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 40, f"{node.name} has {length} lines: split it along an idea"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_is_short_and_obeys_the_content_policy(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 150
    assert not re.search(r"\sstyle=[\"']", text), "the policy forbids inline styles"
    assert not re.search(r"\son[a-z]+=[\"']", text), "the policy forbids inline handlers"
    inline = re.compile(r"<script(?![^>]*\b(src=|type=\"application/json\"))", re.I)
    assert not inline.search(text), "the policy forbids inline scripts"
    # 500 and the error pages may not depend on gettext being able to load.
    assert "http://" not in text.replace("http://www.w3.org", "")


WRITES = {"create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete", "update"}


def writes_a_model(call: ast.Call) -> bool:
    """`Model.objects.create(…)`, `place.save()`; not `drafts.save(person_ref=…)`, which is a service."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "save":
        return not call.args and all(keyword.arg == "update_fields" for keyword in call.keywords)
    return call.func.attr in WRITES and "objects" in ast.unparse(call.func.value)


@pytest.mark.parametrize("path", [p for p in PYTHON if "views" in named(p)], ids=named)
def test_a_view_never_writes_a_model(path):
    for node in ast.walk(ast.parse(path.read_text())):
        writes = isinstance(node, ast.Call) and writes_a_model(node)
        assert not writes, f"line {getattr(node, 'lineno', 0)}: ask a service"


def test_the_glossary_lists_every_model():
    """One concept, one word: French term, code name, definition, source."""
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    listed = set(re.findall(r"^\| [^|]+ \| `([A-Za-z]+)`", glossary, re.M))
    models = {model.__name__ for model in our_models()}
    assert models - listed == set(), "add a line to docs/glossary.md"
    assert listed - models == set(), "the glossary names models that are gone"


def recorded_acts(tree: ast.AST):
    """The value of every `act=…`, and the second argument of `note(…)`: they have to be literal."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = (
                node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            )
            if function in {"create", "facts", "advance_convention"} or function[:1].isupper():
                # The deliberation that a step cites, the move asked of a circuit: no act of the journal.
                continue
            told = [keyword.value for keyword in node.keywords if keyword.arg == "act"]
            yield from told or (node.args[1:2] if function == "note" else [])


def test_every_act_of_the_journal_has_a_name():
    """What is recorded is shown to people; a name that nothing records is dead."""
    found = set()
    for path in [path for path in PYTHON if named(path) != "base/journal/writing.py"]:
        tree = ast.parse(path.read_text())
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for value in recorded_acts(tree):
            if isinstance(value, ast.Constant):
                found.add(value.value)
            elif isinstance(value, ast.Name):
                # Else a parameter: the call that gives it is read too.
                found |= {constants[value.id]} if value.id in constants else set()
            else:
                pytest.fail(f"{named(path)} line {value.lineno}: write the act out, it has to be named")
    assert found == acts.named()


@pytest.mark.django_db
def test_migrations_follow_the_models():
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert "No changes" in out.getvalue()


def test_the_repository_names_no_machine_and_no_registry():
    """What is installed comes from the ordinary clients; nothing here knows where they look."""
    forbidden = re.compile(r"/simple/|registry\.npmjs|files\.pythonhosted|pypi\.org/", re.I)
    for path in [
        *ROOT.glob("*.*"),
        *ROOT.glob("Makefile"),
        *ROOT.glob("tools/*"),
        *ROOT.glob("docs/**/*.md"),
    ]:
        if path.is_file() and path.name != "uv.lock":
            assert not forbidden.search(path.read_text(errors="ignore")), str(path)
