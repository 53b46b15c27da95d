"""The DuckDB warehouse: its tables.

Views, audits and queries in SQL files, and the period report.
"""
