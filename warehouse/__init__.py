"""The DuckDB warehouse: its tables, views, audits and queries in SQL files, and the period report."""
