"""Take withdrawn articles out of the facts.

Or put them back, without losing what was read of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from warehouse.connection import Connection, all_rows, transaction
from warehouse.loading import retell


def replace_suppressed(connection: Connection, rows: Iterable[tuple[str, str, date]]) -> int:
    """Store the rows in place of the old ones and tell the claims of the articles anew.

    Return how many changed.
    """
    with transaction(connection):
        before = {article for (article,) in all_rows(connection, "SELECT article_id FROM suppress")}
        connection.execute("DELETE FROM suppress")
        values = sorted({row[0]: row for row in rows}.values())
        if values:
            with connection.appender("suppress") as appender:
                appender.append_rows(values)
        changed = before ^ {row[0] for row in values}
        retell(connection, sorted(changed))
    return len(changed)
