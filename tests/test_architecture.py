"""Rooms import one way, transforms are pure, flows shadow nothing, texts speak only of us."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "transforms": {"transforms"},
    "warehouse": {"warehouse", "transforms"},
    "flows": {"flows", "warehouse", "transforms"},
}
LAYERS = {  # which other rooms of its folder each room may use, beside the words in lexicon/
    "transforms": {
        "pages": {"sites"},
        "sites": {"pages"},
        "figures": set(),
        "periods": set(),
        "mentions": {"sites"},
        "programmes": {"periods"},
        "actors": {"mentions"},
        "measures": {"actors", "periods"},
    },
    "flows": {
        "archive": set(),
        "fetching": {"archive"},
        "discovery": {"archive", "fetching"},
        "engines": {"archive"},
        "health": {"archive", "discovery", "fetching"},
        "speech": set(),
    },
}
OUTSIDE = {
    "transforms": {"bs4", "jieba", "selectolax", "rapidfuzz"},
    "warehouse": {"duckdb", "jinja2", "markupsafe", "xlsxwriter"},
}
SPOILS_PURITY = {"socket", "subprocess", "random", "time", "os", "secrets", "threading", "tempfile"}


def sources(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_imports_point_one_way(room: str) -> None:
    for path in sources(room):
        assert imports(path) & ROOMS.keys() <= ROOMS[room], path


def parts(folder: str, path: Path) -> set[str]:
    """The rooms of a folder that a module imports from."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    named = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    named += [
        f"{node.module}.{alias.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == folder
        for alias in node.names
    ]
    found = {name.split(".")[1] for name in named if name.startswith(f"{folder}.")}
    return found & LAYERS[folder].keys()


@pytest.mark.parametrize(
    ("folder", "room"), [(folder, room) for folder in LAYERS for room in LAYERS[folder]]
)
def test_the_rooms_of_a_folder_import_one_way(folder: str, room: str) -> None:
    found = sources(f"{folder}/{room}")
    assert found
    for path in found:
        assert parts(folder, path) <= LAYERS[folder][room] | {room}, path


@pytest.mark.parametrize("room", OUTSIDE)
def test_a_room_uses_only_its_own_libraries(room: str) -> None:
    ours = set(ROOMS) | sys.stdlib_module_names | OUTSIDE[room]
    for path in sources(room):
        assert imports(path) <= ours, path


def calls(path: Path) -> set[str]:
    nodes = (
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    )
    return {ast.unparse(node.func) for node in nodes}


def test_transforms_are_pure() -> None:
    reads_the_world = {"open", "datetime.now", "date.today", "datetime.today", "Path.open", "input"}
    for path in sources("transforms"):
        assert not imports(path) & SPOILS_PURITY, path
        assert not calls(path) & reads_the_world, path


def test_no_flow_file_shadows_another_module() -> None:
    """A file entrypoint puts flows/ first on sys.path."""
    names = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__", "__main__"}
    third_party = {"prefect", "requests", "duckdb", "bs4", "jieba", "click", "rich", "warcio"}
    assert not names & (sys.stdlib_module_names | third_party)


def test_we_import_our_own_rooms() -> None:
    """`transforms` and `flows` are also names of packages elsewhere."""
    for room in ROOMS:
        module = __import__(room)
        assert Path(module.__file__).parent == ROOT / room


def test_every_module_opens_with_a_sentence() -> None:
    for room in ROOMS:
        for path in sources(room):
            docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
            assert docstring, path
            assert re.search(r"[.。:]", docstring.split("\n\n")[0]), path


def test_functions_and_modules_stay_short() -> None:
    lengths = []
    for room in ROOMS:
        for path in sources(room):
            text = path.read_text("utf-8")
            assert text.count("\n") <= 400, f"{path} is too long"
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or node.lineno) - node.lineno + 1
                    lengths.append(length)
                    assert length <= 45, f"{path}:{node.lineno} {node.name} has {length} lines"
    assert sorted(lengths)[len(lengths) // 2] <= 8


def strings(path: Path) -> set[str]:
    """Every string literal of a module but the docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {
        node.value for node in constants if isinstance(node.value, str) and id(node) not in alone
    }


def test_sql_stands_in_the_warehouse() -> None:
    statement = re.compile(r"\b(SELECT .{1,60} FROM|INSERT INTO|DELETE FROM|CREATE (TABLE|VIEW))\b")
    for path in sources("transforms") + sources("flows"):
        found = [text for text in strings(path) if statement.search(text)]
        assert not found, f"{path}: {found}"


def test_committed_texts_speak_of_the_project_alone() -> None:
    """No machine paths, no addresses of package indexes."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    index = "|".join(["pypi" + r"\.org", "files" + r"\.pythonhosted", "registry" + r"\.npmjs"])
    machine = "/(?:work/(?:main|shared)|farm|root)/"
    foreign = re.compile(rf"{machine}|{index}|deb\.debian" + r"\.org")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {
            ".py",
            ".md",
            ".toml",
            ".tsv",
            ".sql",
            ".txt",
            ".yaml",
            ".yml",
            ".j2",
            "",
        }:
            found = (
                foreign.search(path.read_text("utf-8", errors="replace")) if path.exists() else None
            )
            assert not found, f"{name}: {found}"


def test_rows_are_appended_in_one_place() -> None:
    """The appender is not in every DuckDB that reads and tells: a lake needs an older one."""
    texts = {path: path.read_text("utf-8") for room in ROOMS for path in sources(room)}
    users = {path for path, text in texts.items() if ".appender(" in text}
    assert users == {ROOT / "warehouse" / "appending.py"}
