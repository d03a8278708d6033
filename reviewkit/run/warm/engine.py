"""papermill's engine: ``papermill --engine reviewkit`` (entry point of ``papermill.engine``)."""

from __future__ import annotations

import math
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from queue import Empty
from typing import Any

import nbformat
import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from traitlets import Type
from traitlets.config import Config

from . import server
from .kernel import died
from .provisioner import NAME

_RETRY_MILLISECONDS = 5


class PromptClient(AsyncKernelClient):
    """A client that begins when the kernel is idle; the usual one waits for 0.2 seconds of silence."""

    def _context_default(self) -> zmq.asyncio.Context:
        # It connects before the kernel listens, and would try again only after 0.1 seconds.
        context = super()._context_default()
        context.setsockopt(zmq.RECONNECT_IVL, _RETRY_MILLISECONDS)
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and what it publishes arrives.

        Raises
        ------
        RuntimeError : it died, or took longer than ``timeout`` seconds.
        """
        end = time.monotonic() + (timeout if timeout else math.inf)
        while not await self._answers():
            if not await self.parent.is_alive():  # type: ignore[union-attr]
                raise RuntimeError("the kernel died before it was ready")
            if time.monotonic() > end:
                raise RuntimeError(f"the kernel was not ready in {timeout} seconds")

    async def _answers(self) -> bool:
        request = self.kernel_info()
        try:
            reply = await self.get_shell_msg(timeout=1)
            if reply["msg_type"] != "kernel_info_reply":
                return False
            while True:
                said = await self.get_iopub_msg(timeout=0.2)
                if said["content"].get("execution_state") == "idle" and _answers_to(said, request):
                    self._handle_kernel_info_reply(reply)
                    return True
        except Empty:
            return False


def _answers_to(message: dict[str, Any], request: str) -> bool:
    return bool(message["parent_header"].get("msg_id") == request)


class WarmKernelManager(AsyncKernelManager):
    """A kernel manager whose kernels come from :class:`WarmProvisioner`, whatever their kernelspec."""

    client_factory = Type(klass=PromptClient)

    @property
    def kernel_spec(self) -> Any:
        """The kernelspec, naming the provisioner."""
        spec = super().kernel_spec
        if spec is not None:
            spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": NAME}}
        return spec

    async def _async_wait(self, pollinterval: float = 0.005) -> None:
        # The usual way looks ten times a second, and so waits a tenth of a second for each kernel.
        await super()._async_wait(pollinterval)

    async def _async_interrupt_kernel(self) -> None:
        # Before a shutdown there is nothing to interrupt, and the kernel would only complain.
        if not self.shutting_down:
            await super()._async_interrupt_kernel()

    @property
    def how_started(self) -> str:
        """``warm``, or ``plain`` and why."""
        reason = getattr(self.provisioner, "plain_because", "")
        return f"plain: {reason}" if reason else "warm"

    @property
    def ended(self) -> int | None:
        """Exit code of the kernel's process, where it ended."""
        started = getattr(self.provisioner, "started", None)
        return started.poll() if started else None


class ReviewEngine(NBClientEngine):  # type: ignore[misc] # papermill ships no types
    """Runs a notebook in a warm kernel over sockets of its own, and records truthfully.

    A kernel that died and a cell that ran too long are failures of that cell, in the notebook and
    as a ``PapermillExecutionError``. ``working_directory`` and ``kernel_environment`` (added to
    this process's) are the kernel's alone.
    """

    @classmethod
    def execute_notebook(
        cls, nb: Any, kernel_name: str, output_path: str | None = None, **kwargs: Any
    ) -> Any:
        """Run a notebook and keep a record in it as it goes."""
        options = {name: kwargs[name] for name in ("progress_bar", "log_output") if name in kwargs}
        recorder = Recorder(nb, output_path=output_path, **options)
        recorder.notebook_start()
        try:
            cls.execute_managed_notebook(recorder, kernel_name, **kwargs)
        finally:
            recorder.notebook_complete()
        return recorder.nb

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        working_directory: str | Path | None = None,
        kernel_environment: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run every cell."""
        with tempfile.TemporaryDirectory(prefix="k", dir=server.private_folder()) as sockets:
            client = Client(
                nb_man,
                kernel_name=kernel_name,
                kernel_manager_class=WarmKernelManager,
                startup_timeout=start_timeout,
                timeout=execution_timeout,
                log_output=log_output,
                stdout_file=stdout_file,
                stderr_file=stderr_file,
                shutdown_kernel="immediate",
                config=over_ipc(sockets),
            )
            return client.execute(
                cwd=str(working_directory or Path.cwd()), env={**os.environ, **(kernel_environment or {})}
            )


class Recorder(NotebookExecutionManager):  # type: ignore[misc] # papermill ships no types
    """papermill's record of a notebook, written to disk when a code cell starts and at the end.

    A notebook on disk so always says which cell was running, and is not written twice a cell.
    """

    writing = True

    def save(self, **kwargs: Any) -> None:
        """Write the notebook where something worth it has happened."""
        if self.writing:
            super().save(**kwargs)

    def cell_start(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        """Note that a cell begins."""
        self.writing = cell.cell_type == "code"
        super().cell_start(cell, cell_index, **kwargs)
        self.writing = False

    def notebook_complete(self, **kwargs: Any) -> None:
        """Note that the notebook has ended."""
        self.writing = True
        super().notebook_complete(**kwargs)


class Client(PapermillNotebookClient):  # type: ignore[misc] # papermill ships no types
    """papermill's client, which takes a dead kernel or a time-out as the failure of a cell."""

    stuck = False

    def execute(self, **kwargs: Any) -> Any:
        """Start a kernel, run the cells, end the kernel."""
        self.reset_execution_trackers()
        with self.setup_kernel(**kwargs):
            self.nb.metadata.papermill["kernel"] = self.km.how_started
            self.papermill_execute_cells()
            if not self.stuck:  # a kernel that is dead or busy has no answer to give
                reply = self.wait_for_reply(self.kc.kernel_info())
                self.nb.metadata["language_info"] = reply["content"]["language_info"]
                self.set_widgets_metadata()
        return self.nb

    def papermill_execute_cells(self) -> None:
        """Run the cells up to the first that fails."""
        for index, cell in enumerate(self.nb.cells):
            try:
                self.nb_man.cell_start(cell, index)
                self.execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break
            except (CellTimeoutError, DeadKernelError) as error:
                self.stuck = True
                cell.outputs.append(self._as_output(error))
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)

    def _as_output(self, error: Exception) -> Any:
        if isinstance(error, CellTimeoutError):
            name, value = "CellTimeout", f"the cell ran longer than {self.timeout} seconds"
        else:
            name, value = "DeadKernel", died(self.km.ended, "the kernel")
        return nbformat.v4.new_output(  # type: ignore[no-untyped-call]
            "error", ename=name, evalue=value, traceback=[f"{name}: {value}"]
        )


def over_ipc(folder: str) -> Config:
    """Return settings that put a kernel's sockets into ``folder``.

    TCP ports are taken at random and collide when notebooks start side by side; anybody on the
    machine may connect to them.
    """
    return Config(
        KernelManager={"transport": "ipc", "ip": f"{folder}/k", "connection_file": f"{folder}/kernel.json"}
    )
