"""The one place that opens connections and the one place that commits."""

from mentorhub.database.engine import connect, dispose, engine, publish_after_commit, reading, transaction

__all__ = ["connect", "dispose", "engine", "publish_after_commit", "reading", "transaction"]
