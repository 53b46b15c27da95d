"""Write a text file that appears whole or not at all, whoever else writes the same one."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write by a temporary file of this process alone, and rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{socket.gethostname()}.{os.getpid()}")
    try:
        temporary.write_text(text, "utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
