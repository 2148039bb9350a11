"""The invented people of the demo marketplace, and how their past came about."""
