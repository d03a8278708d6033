"""A PostgreSQL server, where one can be started."""

from tests.postgres import postgres, postgres_server  # noqa: F401
