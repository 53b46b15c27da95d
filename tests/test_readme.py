"""What the documents show is what the program does: examples, commands, links."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from flows.__main__ import VERBS, qinqing
from tests.examples import answer, examples

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.zh.md"]
DOCUMENTS = [*READMES, *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
RENEW = "renew with: python -m tests.examples DATABASE FILE"


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_example_prints_what_the_document_says(sample_data: Path, name: str) -> None:
    for sql, output in examples(text_of(name)):
        assert output == answer(sql, sample_data / "qinqing.duckdb"), f"{name}: {sql}\n{RENEW}"


def test_both_languages_show_the_same_examples() -> None:
    english, chinese = (examples(text_of(name)) for name in READMES)
    assert len(english) == 5
    assert english == chinese


@pytest.mark.parametrize("name", READMES)
def test_the_line_of_extract_is_what_extract_prints(qinqing, name: str) -> None:
    sentence = re.search(r"echo (\S+) \| qinqing extract -", text_of(name))[1]
    shown = json.loads(re.search(r"```json\n([^`]+)```", text_of(name))[1])
    lines = map(json.loads, qinqing("extract", "-", stdin=sentence).stdout.splitlines())
    printed = next(line for line in lines if line.get("measure_id") == shown["measure_id"])
    assert {key: printed[key] for key in shown} == shown


def commands(text: str) -> Iterator[str]:
    """Yield every `qinqing …` in code: inline, or a line of a block, without its comment."""
    for code in re.findall(r"`(qinqing [^`\n]+)`|^ *(?:\$ )?(qinqing [^\n]+)$", text, re.MULTILINE):
        line = re.split(r"\s+#|\s*[|>]\s", code[0] or code[1])[0]
        yield from (part for part in line.split(" && ") if part.startswith("qinqing "))


def verb_of(words: list[str]) -> tuple[click.Command, list[str]]:
    """Follow the words into verbs and the verbs under them; return the last and what is left."""
    command: click.Command = qinqing
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, f"no verb {words[0]}"
        command, words = found, words[1:]
    return command, words


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_a_document_names_exists_with_its_options(name: str) -> None:
    for line in commands(text_of(name)):
        words = [word for word in shlex.split(line)[1:] if word not in {"…", "VERB"}]
        command, rest = verb_of(words)
        known = {
            flag for option in command.params for flag in (*option.opts, *option.secondary_opts)
        }
        known |= {"--help", "-h"}
        used = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
        assert used <= known, f"{name}: {line}"


def test_the_readme_names_every_verb_that_a_user_needs() -> None:
    text = text_of("README.md") + "".join(text_of(name) for name in DOCUMENTS)
    assert [verb for verb in VERBS if f"qinqing {verb}" not in text] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", text_of(name)):
        if not target.startswith("http"):
            assert ((ROOT / name).parent / target).exists(), f"{name}: {target}"


def test_the_exit_codes_are_those_of_the_help(qinqing) -> None:
    told = " ".join(qinqing("--help").stdout.split())
    codes = re.findall(r"(\d+) [a-z]", told[told.index("Exit codes:") :])[:12]
    for name in READMES:
        text = text_of(name)
        assert [code for code in codes if not re.search(rf"\b{code}\b", text)] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_verbs_and_options(qinqing, shell: str) -> None:
    script = qinqing(_QINQING_COMPLETE=f"{shell}_source")
    assert script.returncode == 0, script.stderr
    assert "_QINQING_COMPLETE" in script.stdout
    asked = qinqing(
        _QINQING_COMPLETE=f"{shell}_complete",
        COMP_WORDS="qinqing su",
        COMP_CWORD="1" if shell != "fish" else "su",
    )
    assert "summarise" in asked.stdout, asked
