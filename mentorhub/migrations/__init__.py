"""The database's history, one direction, for SQLite and PostgreSQL alike; driven by `mentorhub db`."""
