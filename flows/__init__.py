"""Prefect flows and the command line: the order of the work, its retries, schedules and logging."""

PRODUCT = "qinqing"
