"""When what is due: the same times as in prefect.yaml."""

from __future__ import annotations

TIMEZONE = "Asia/Shanghai"
CRONS = {
    "daily": "30 6 * * *",
    "monthly": "0 9 2 * *",
    "quarterly": "0 9 5 1,4,7,10 *",
    "weekly": "0 5 * * 1",
}
# Prefect knows a schedule again by its slug when a deployment is made anew.
SLUGS = {
    "daily": "every-morning",
    "monthly": "second-of-the-month",
    "quarterly": "fifth-of-the-quarter",
    "weekly": "monday",
}
