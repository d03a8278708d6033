"""A JupyterLab of its own, with settings, kernels and sockets in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ALIVE = ":not(.jupyter-widgets-disconnected)"
SHOTS = os.environ.get("REVIEWKIT_SHOTS", "")
_SETTINGS: dict[str, dict[str, Any]] = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "docmanager-extension/plugin": {"autosave": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/sessionDialogs": {"skipKernelRestartDialog": True},
}
_READY = """async () => { const a = window.jupyterapp; await a.restored; const w = a.shell.currentWidget;
  await w.revealed; await w.context.ready; await w.sessionContext.ready;
  await w.sessionContext.session.kernel.info }"""


@contextmanager
def jupyterlab(notebooks: Path, **environment: str) -> Iterator[str]:
    """Start JupyterLab on a folder of notebooks, give its address, and end it."""
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={notebooks}"]
    with served(command, Path.cwd(), **environment) as address:
        yield address


@contextmanager
def served(command: list[str], here: Path, **environment: str) -> Iterator[str]:
    """Start JupyterLab by a command in a folder, give its address, and end it."""
    home = Path(tempfile.mkdtemp(prefix="jl"))  # sockets need a short path
    for plugin, settings in _SETTINGS.items():
        file = home / "set/@jupyterlab" / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {"JUPYTER_CONFIG_DIR": "cfg", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "run"}
    folders |= {"JUPYTERLAB_SETTINGS_DIR": "set", "JUPYTERLAB_WORKSPACES_DIR": "ws", "IPYTHONDIR": "ipy"}
    places = {name: str(home / folder) for name, folder in folders.items()}
    command = [*command, "--allow-root", "--no-browser", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="]
    command += ["--LabApp.expose_app_in_browser=True"]
    command += ["--LabApp.extension_manager=readonly", "--KernelManager.transport=ipc"]
    with (home / "lab.log").open("w") as log:
        server = subprocess.Popen(
            command,
            cwd=here,
            env={**os.environ, **places, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _answers(address, server, home / "lab.log")
        yield address
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def open_notebook(page: Any, address: str, name: str) -> None:
    """Open a notebook and run all its cells."""
    page.goto(f"{address}/doc/tree/{name}?reset", wait_until="domcontentloaded")
    page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.sessionContext")
    page.evaluate(_READY)
    run_all(page)


def run_all(page: Any) -> None:
    """Run all cells."""
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => null)")


def restart(page: Any) -> None:
    """Restart the kernel and wait until it is there."""
    page.evaluate("window.jupyterapp.commands.execute('notebook:restart-kernel').then(() => null)")
    page.evaluate(_READY)


def _answers(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/api/status", timeout=2)
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(log.read_text())


class Book:
    """A widget of the notebook on show, by what its fields and buttons are called."""

    def __init__(self, page: Any, place: int = 0) -> None:
        self.page = page
        self.widget = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .rkw").nth(place)
        self.widget.get_by_label("You are", exact=False).first.wait_for()

    def field(self, label: str) -> Any:
        """Return the field with a label, or the first whose label holds the words."""
        exact = self.widget.get_by_label(label, exact=True).locator("visible=true")
        return exact.first if exact.count() else self._like(label)

    def type(self, label: str, text: str, key: str = "") -> None:
        """Type into a field."""
        field = self.field(label)
        field.fill(text)
        if key:
            field.press(key)
        else:
            field.blur()

    def day(self, iso: str) -> None:
        """Set the first day there is to be set."""
        self.widget.locator("input[type=date]").locator("visible=true").first.fill(iso)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list what has the words in its name."""
        made = self.field(label).locator("option", has_text=option).first
        made.wait_for(state="attached")
        self.field(label).select_option(label=made.inner_text())

    def press(self, text: str) -> None:
        """Press a button."""
        self.widget.locator(f"button{ALIVE}", has_text=text).locator("visible=true").first.click()

    def says(self, text: str) -> None:
        """Wait until the widget says so."""
        self.widget.locator("p", has_text=text).locator("visible=true").first.wait_for()

    def be(self, who: str) -> None:
        """Say who writes."""
        self.type("You are", who, "Enter")
        self.says(f"You are {who}")

    def shot(self, name: str) -> None:
        """Keep a picture of the page, where ``REVIEWKIT_SHOTS`` names a folder for them."""
        if SHOTS:
            self.page.wait_for_timeout(300)
            self.page.screenshot(path=f"{SHOTS}/{name}.png")

    def _like(self, label: str) -> Any:
        return self.widget.get_by_label(label, exact=False).locator("visible=true").first


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)
