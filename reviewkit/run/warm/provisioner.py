"""Warm kernels for jupyter_client: the kernel provisioner called ``reviewkit-warm``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from . import kernel

NAME = "reviewkit-warm"
_LAUNCHER = "ipykernel_launcher"


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel by forking a warm process; in the normal way, saying so, where it cannot.

    What the normal way does with a process (signals to its group, time-outs, waiting) is done
    with the forked one too.
    """

    process: Any
    started: Any = None
    plain_because: str = ""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch the kernel."""
        self.plain_because = self._why_not(cmd)
        if not self.plain_because:
            try:
                self._fork(cmd, kwargs)
            except OSError as error:
                self.plain_because = f"no warm process ({error})"
        if self.plain_because:
            self.log.warning("The kernel is started in the normal way: %s.", self.plain_because)
            await super().launch_kernel(cmd, **kwargs)
        self.started = self.process
        return self.connection_info

    def _why_not(self, cmd: list[str]) -> str:
        if reason := kernel.why_plain():
            return reason
        if _LAUNCHER not in cmd:
            return "it is not a Python kernel"
        if not Path(cmd[0]).samefile(sys.executable):
            return "its Python is another one"
        return ""

    def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> None:
        self.cwd = kwargs.get("cwd") or Path.cwd()
        process = kernel.take()
        process.begin(
            kernel.Order(
                cmd[cmd.index(_LAUNCHER) + 1 :], str(self.cwd), dict(kwargs.get("env") or os.environ)
            )
        )
        # It leads a group of its own by now, so that signals reach what it starts and nobody else.
        self.process, self.pid, self.pgid = process, process.pid, process.pid
