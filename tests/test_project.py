"""The habits of CONTRIBUTING.md that no linter knows, and what the README promises, held as tests."""

import ast
import importlib
import pkgutil
import re
import runpy
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentorhub import cli, domain, settings
from mentorhub.cli import db as history
from mentorhub.domain.common.errors import DomainError
from mentorhub.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ROOT / "mentorhub"
ROOMS = {"models", "rules", "service", "queries", "errors", "ports", "templates"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
README = (ROOT / "README.md").read_text(encoding="utf-8")


def modules() -> Iterator[Path]:
    """Every Python file of the product, the written history of the database aside."""
    return (path for path in sorted(PRODUCT.rglob("*.py")) if path.parent.name != "versions")


def short(path: Path) -> str:
    """A path as one writes it in this project."""
    return str(path.relative_to(ROOT))


def test_a_feature_has_only_the_rooms_everybody_knows() -> None:
    features = [path for path in (PRODUCT / "domain").iterdir() if path.is_dir() and path.name[0] not in "._"]
    strangers = [
        short(path)
        for feature in features
        if feature.name != "common"
        for path in feature.iterdir()
        if path.stem not in ROOMS | {"__init__", "__pycache__"}
    ]

    assert len(features) > 8
    assert strangers == []


def test_no_module_is_longer_than_one_reads_in_one_go() -> None:
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def _lines_of_body(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of what a function does; its signature and docstring are what one reads instead of them."""
    first = node.body[1] if ast.get_docstring(node) is not None and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def test_no_function_is_longer_than_a_page() -> None:
    lengths = {
        f"{short(path)}:{node.name}": _lines_of_body(node)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_only_one_place_commits() -> None:
    """A savepoint inside a transaction may be kept; a transaction is only ever kept by its one seam."""
    found = []
    for path in modules():
        words = path.read_text(encoding="utf-8")
        for holder in re.findall(r"(\w+)\.commit\(", words):
            if f"{holder} = db.begin_nested()" not in words and path != PRODUCT / "database" / "engine.py":
                found.append(short(path))

    assert found == []


def _refusals() -> list[type[DomainError]]:
    for package in (domain, importlib.import_module("mentorhub.state")):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found, left = [], [DomainError]
    while left:
        kind = left.pop()
        found.append(kind)
        left.extend(kind.__subclasses__())
    return [kind for kind in found if kind.__module__.startswith("mentorhub.")]


def test_every_refusal_is_a_sentence_for_a_person() -> None:
    refusals = _refusals()
    broken = [kind.__qualname__ for kind in refusals if not re.fullmatch(r"[A-Z“].*[^!]\.", kind.message, re.DOTALL)]

    assert len(refusals) > 20
    assert broken == []


def test_the_locks_hold_exact_versions_and_no_machine_of_ours() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        packages = [line for line in lines if line and not line.startswith("#")]
        assert [line for line in packages if not re.fullmatch(r"[a-z0-9._-]+==[0-9][0-9a-z.!]*", line)] == []
        assert [line for line in lines if re.search(r"nvidia|\+cpu|://|--hash", line)] == []


def test_the_test_lock_adds_to_the_other_and_changes_nothing_of_it() -> None:
    locks = {
        name: dict(re.findall(r"^([a-z0-9._-]+)==(\S+)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-test.lock")
    }
    running, testing = locks["requirements.lock"], locks["requirements-test.lock"]

    assert {name for name, version in running.items() if testing.get(name) != version} == set()


def test_every_named_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements-test.lock").read_text(encoding="utf-8")
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = [re.match(r"[A-Za-z0-9._-]+", line).group().lower() for line in wanted]  # type: ignore[union-attr]

    assert [name for name in names if f"\n{name}==" not in f"\n{lock}"] == []


def test_the_readme_explains_every_setting_and_no_other() -> None:
    table = [line for line in README.splitlines() if line.startswith("| `")]
    explained = Counter(name for line in table for name in re.findall(r"`([A-Z_]+)`", line.split("|")[1]))

    assert explained == Counter(str(field.alias) for field in Settings.model_fields.values())


def test_the_readme_names_only_commands_that_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = set(cli.app.list_commands(None)) if hasattr(cli.app, "list_commands") else set(cli._COMMANDS)

    assert set(re.findall(r"`make ([a-z-]+)", README)) <= targets
    assert {"start", "test"} <= set(re.findall(r"make ([a-z-]+)", README))
    assert set(re.findall(r"`(?:\.venv/bin/)?mentorhub ([a-z]+)", README)) <= commands


def test_the_readmes_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)

    assert pictures != []
    assert [name for name in pictures if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("script", sorted((ROOT / "bench").glob("*.py")), ids=lambda path: path.stem)
def test_what_a_bench_measures_is_where_it_looks_for_it(script: Path) -> None:
    names = runpy.run_path(str(script), run_name="bench")

    assert str(names["__doc__"]).count("\n") > 2


def test_every_page_has_a_title_and_a_description_of_its_own() -> None:
    routes = importlib.import_module("mentorhub.pages").ROUTES
    for words in ([str(route.title) for route in routes], [route.description for route in routes]):
        assert [text for text, count in Counter(words).items() if count > 1 or len(text) < 8] == []


def test_the_models_and_the_history_of_the_database_agree(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    settings.current.cache_clear()
    history.drift()
    settings.current.cache_clear()
