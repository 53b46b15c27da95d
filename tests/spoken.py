"""Find every sentence that the code says to its user: raised errors and talk on stderr."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from transforms import errors

ROOT = Path(__file__).parent.parent
ROOMS = ("flows", "transforms", "warehouse")
ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.QinqingError)
}
# What an f-string puts in: a word that no row of the table knows.
FILLER = "※"


def sentences() -> Iterator[tuple[str, str]]:
    """Yield where a sentence stands and the sentence, with FILLER for what is put in."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            for node in ast.walk(tree):
                for text in _said(node):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", text


def _said(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    name = ast.unparse(node.func)
    if name in ERRORS:
        yield from _texts(
            node.args[1] if _is_page_error(name) and len(node.args) > 1 else node.args[0]
        )
    elif name == "Finding":
        yield from (text for part in node.args[2:] for text in _texts(part))
    elif name == "say" or name.endswith(".say") or _prints_to_stderr(node, name):
        yield from _texts(node.args[0])


def _is_page_error(name: str) -> bool:
    return issubclass(getattr(errors, name), errors.PageError)


def _prints_to_stderr(node: ast.Call, name: str) -> bool:
    return name == "print" and any(
        ast.unparse(each.value) == "sys.stderr" for each in node.keywords
    )


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the text of a literal, of each branch of a choice; nothing for a mere variable."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.BinOp):
        yield "".join(next(_texts(side), FILLER) for side in (node.left, node.right))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = (
            str(part.value) if isinstance(part, ast.Constant) else FILLER for part in node.values
        )
        yield "".join(parts)
