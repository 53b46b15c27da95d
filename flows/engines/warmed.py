"""Importing this reads all that a page needs: what a fork server does once for all readers."""

from __future__ import annotations

import atexit
import gc
from contextlib import suppress

from flows.engines.batches import warm_up

with suppress(Exception):  # what fails here fails again, and is told, in the reader itself
    warm_up()
gc.set_threshold(10_000, 20, 20)  # a page makes many objects and few rings of them
gc.collect()
gc.freeze()  # what lasts is not looked at again, nor copied into each reader for being looked at
atexit.register(gc.unfreeze)  # DuckDB's binding tells of leaks at the interpreter's end
