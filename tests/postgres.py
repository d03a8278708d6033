"""A PostgreSQL server for tests: started once a session, a database of its own for each test.

Put ``from tests.postgres import postgres, postgres_server  # noqa: F401`` into the ``conftest.py`` of a
folder of tests (both: pytest finds fixtures by name), then ask for ``postgres``: URL of an empty database.
"""

from __future__ import annotations

import functools
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_NUMBER = itertools.count(1)
_OPTIONS = "-c fsync=off -c synchronous_commit=on -c max_connections=60"


class Server:
    """A cluster in a temporary folder, at 127.0.0.1; root has the user ``postgres`` run it."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        # Short: the path of a socket has at most 107 bytes. Not in pytest's folder, which is private.
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self.running = False

    def start(self) -> Server:
        sockets = self.folder / "s"
        sockets.mkdir()
        if os.geteuid() == 0:
            for path in (self.folder, sockets):
                shutil.chown(path, "postgres", "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        where = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={sockets}"
        self._run(
            "pg_ctl", "-l", f"{self.folder}/log", "-w", "-t", "60", "-o", f"{where} {_OPTIONS}", "start"
        )
        self.running = True
        return self

    def stop(self) -> None:
        try:
            if self.running:  # another folder's fixture may have stopped it
                self.running = False
                self._run("pg_ctl", "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self) -> str:
        name = f"test_{os.getpid()}_{next(_NUMBER)}"
        self._admin(f"CREATE DATABASE {name}")
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def drop_database(self, url: str) -> None:
        self._admin(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")

    def _admin(self, command: str) -> None:
        import psycopg

        with psycopg.connect(
            f"postgresql://postgres@127.0.0.1:{self.port}/postgres", autocommit=True
        ) as link:
            link.execute(command.encode())

    def _run(self, program: str, *arguments: str) -> None:
        as_postgres = ["/usr/sbin/runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_postgres, str(self.programs / program), "-D", f"{self.folder}/data", *arguments]
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
        subprocess.run(command, check=True, cwd="/", env=environment, stdout=subprocess.DEVNULL)


def _programs() -> Path | None:
    """Folder of the newest PostgreSQL's programs: as Debian has them, else on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = shutil.which("initdb")
    return debian[-1].parent if debian else Path(found).parent if found else None


@functools.cache
def _started() -> Server:
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="psycopg is not installed here (pip install reviewkit[postgres])")
    server = Server(programs)
    try:
        return server.start()
    except BaseException:
        server.stop()
        raise


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A running server, however many folders of tests ask for it."""
    server = _started()
    yield server
    server.stop()


@pytest.fixture
def postgres(postgres_server: Server) -> Iterator[str]:
    """URL of a new, empty database, gone after the test."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop_database(url)
