"""A PostgreSQL database for logs that stay in one."""

from tests.postgres import postgres, postgres_server  # noqa: F401
