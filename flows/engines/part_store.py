"""Where parts lie: a folder, or a URL that fsspec knows (s3://bucket/parts), for workers afar."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flows.whole_files import write_text
from transforms.errors import ArchiveError, ConfigurationError

SECRET = re.compile(r"//[^/@]{1,200}@")  # a user and password in an address
HIDDEN = re.compile(r"(?i)(key|secret|token|password)\s{0,3}[=:]\s{0,3}\S{1,200}")
FILE_SYSTEMS = frozenset({"file", "local"})


class PartStore:
    """A place for small whole files; each appears whole or not at all."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.remote = "://" in place
        self._files: Any = None
        self._root = ""
        if self.remote:
            self._files, self._root = _file_system(place)

    def has(self, name: str) -> bool:
        """Say whether a file is there."""
        if not self.remote:
            return (Path(self.place) / name).exists()
        return bool(self._ask(name, self._files.exists))

    @contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """Give a path to write one file to; it is in the store when the block ends well."""
        if not self.remote:
            path = Path(self.place) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            yield path
            return
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            yield path
            with self._told(name):
                self._send(path, f"{self._root}/{name}")

    def write_text(self, name: str, text: str) -> None:
        """Write one small text."""
        if self.remote:
            with self.writing(name) as path:
                path.write_text(text, "utf-8")
        else:
            write_text(Path(self.place) / name, text)

    def read_text(self, name: str) -> str:
        """Return one small text."""
        if not self.remote:
            return (Path(self.place) / name).read_text("utf-8")
        body: bytes = self._ask(name, self._files.cat_file)
        return body.decode()

    @contextmanager
    def reading(self, names: list[str]) -> Iterator[list[Path]]:
        """Give files as paths on this machine for the time of the block."""
        if not self.remote:
            yield [Path(self.place) / name for name in names]
            return
        with TemporaryDirectory() as folder:
            paths = [Path(folder) / name for name in names]
            for name, path in zip(names, paths, strict=True):
                with self._told(name):
                    self._files.get_file(f"{self._root}/{name}", str(path))
            yield paths

    def _ask(self, name: str, question: Callable[[str], Any]) -> Any:  # noqa: ANN401
        with self._told(name):
            answer = question(f"{self._root}/{name}")
        return answer  # noqa: RET504 - the block may only raise

    def _send(self, path: Path, target: str) -> None:
        if not FILE_SYSTEMS.intersection(_protocols(self._files)):
            self._files.put_file(
                str(path), target
            )  # an object store shows an object when it is whole
            return
        self._files.makedirs(self._root, exist_ok=True)
        temporary = f"{target}.{socket.gethostname()}.{os.getpid()}"
        self._files.put_file(str(path), temporary)
        self._files.mv(temporary, target)

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # noqa: BLE001 - every store has errors of its own
            where = SECRET.sub("//", self.place)
            why = HIDDEN.sub(r"\1=…", " ".join(str(error).split()))[:200]
            told = f"{type(error).__name__}: {why}"
            raise ArchiveError(
                f"{where} does not take or give {name}: {told}; see to address and credentials,"
                " then the same command goes on"
            ) from None


def _file_system(place: str) -> tuple[Any, str]:
    where = SECRET.sub("//", place)
    try:
        from fsspec.core import url_to_fs

        files, root = url_to_fs(place)
    except ImportError as error:
        told = f"parts at {where} need a package: pip install -e '.[s3]' ({error})"
        raise ConfigurationError(told) from None
    except ValueError as error:
        raise ConfigurationError(f"parts at {where}: {error}") from None
    return files, root.rstrip("/")


def _protocols(files: Any) -> set[str]:  # noqa: ANN401 - a file system of fsspec
    told = files.protocol
    return {told} if isinstance(told, str) else set(told)
