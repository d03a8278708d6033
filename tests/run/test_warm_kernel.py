"""Kernels forked from a warm process behave like kernels started in the normal way."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager
from papermill.exceptions import PapermillExecutionError

from reviewkit.run.warm import kernel, server
from reviewkit.run.warm.engine import WarmKernelManager, over_ipc

from .conftest import warm_processes


def notebook(folder: Path, *cells: str) -> Path:
    make = nbformat.v4
    book = make.new_notebook(cells=[make.new_code_cell(text) for text in cells])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, folder / "in.ipynb")
    return folder / "in.ipynb"


def run(folder: Path, *cells: str, **options: object) -> nbformat.NotebookNode:
    """Run cells through papermill's engine ``reviewkit``."""
    return papermill.execute_notebook(
        notebook(folder, *cells),
        folder / "out.ipynb",
        engine_name="reviewkit",
        progress_bar=False,
        **{"working_directory": folder, **options},
    )


def said(book: nbformat.NotebookNode, cell: int = -1) -> str:
    return "".join(output.get("text", "") for output in book.cells[cell].outputs).strip()


def test_engine_starts_a_warm_kernel_and_says_so(tmp_path: Path) -> None:
    book = run(tmp_path, "import sys\nprint('pandas' in sys.modules, __name__)")
    assert book.metadata.papermill.kernel == "warm" and said(book) == "True __main__"
    assert book.metadata.language_info.name == "python"


def test_a_warm_kernel_loads_no_debugger(tmp_path: Path) -> None:
    """It takes longer to import than all the rest of a kernel's start."""
    book = run(tmp_path, "import sys\nprint('pydevd' in sys.modules)")
    assert said(book) == "False"


def test_engine_keeps_the_working_directory_of_the_process(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    before = Path.cwd()
    book = run(tmp_path, "import os\nprint(os.getcwd())", working_directory=tmp_path / "inner")
    assert said(book) == str(tmp_path / "inner") and Path.cwd() == before


def test_engine_on_the_command_line(tmp_path: Path) -> None:
    source = notebook(tmp_path, "import sys\nprint('pandas' in sys.modules)")
    line = [
        sys.executable,
        "-m",
        "papermill",
        "--engine",
        "reviewkit",
        str(source),
        str(tmp_path / "o.ipynb"),
    ]
    subprocess.run(line, check=True, capture_output=True, cwd=tmp_path)
    book = nbformat.read(tmp_path / "o.ipynb", 4)
    assert book.metadata.papermill.kernel == "warm" and said(book) == "True"


def test_warm_process_is_clean(tmp_path: Path) -> None:
    """What a kernel is forked from has one thread, no socket but its own, and no event loop."""
    run(tmp_path, "1")
    (parent,) = warm_processes()
    assert parent.num_threads() == 1
    links = [str(path.readlink()) for path in Path(f"/proc/{parent.pid}/fd").iterdir()]
    # The socket on which it is asked for processes; it is closed in each of them.
    assert sum(link.startswith("socket:") for link in links) == 1


def test_environment_is_scrubbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENT_SECRET", "swordfish")
    run(tmp_path, "1")
    (parent,) = warm_processes()
    assert b"swordfish" not in Path(f"/proc/{parent.pid}/environ").read_bytes()
    book = run(
        tmp_path, "from pathlib import Path\nprint('swordfish' in Path('/proc/self/environ').read_text())"
    )
    assert said(book) == "False"


def test_database_of_its_own(tmp_path: Path) -> None:
    """A kernel that shared DuckDB's default database with its parent would hang here."""
    book = run(
        tmp_path, "import duckdb\nprint(duckdb.sql('select sum(i) from range(3000000) t(i)').fetchone())"
    )
    assert said(book) == "(4499998500000,)"


def test_random_states_differ_unless_a_seed_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = "import random\nimport numpy as np\nprint(random.random(), np.random.random())"
    assert len({said(run(tmp_path, draw)) for _ in range(3)}) == 3
    monkeypatch.setenv(kernel.SEED, "7")
    assert len({said(run(tmp_path, draw)) for _ in range(2)}) == 1


def test_figures_are_shown_inline(tmp_path: Path) -> None:
    book = run(tmp_path, "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert "image/png" in book.cells[-1].outputs[0].data
    assert book.cells[-1].outputs[0].output_type == "display_data"


def test_magics_that_shape_figures_work(tmp_path: Path) -> None:
    book = run(
        tmp_path,
        "%config InlineBackend.figure_formats = ['svg']",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    )
    assert "image/svg+xml" in book.cells[-1].outputs[0].data


def test_widgets_keep_their_state(tmp_path: Path) -> None:
    book = run(tmp_path, "import ipywidgets\nipywidgets.IntSlider(value=3)")
    (state,) = book.metadata.widgets.values()
    assert any(one["state"].get("value") == 3 for one in state["state"].values())


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", r"the kernel was killed \(SIGSEGV\)"),
        ("import os\nos._exit(3)", "the kernel ended with exit code 3"),
    ],
)
def test_end_of_the_kernel_is_a_failure_with_its_cause(tmp_path: Path, cell: str, words: str) -> None:
    with pytest.raises(PapermillExecutionError, match=words):
        run(tmp_path, "1", cell)
    book = nbformat.read(tmp_path / "out.ipynb", 4)
    assert book.metadata.papermill.exception is True


def test_kernel_that_cannot_be_warm_is_started_in_the_normal_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "can_fork", lambda: False)
    book = run(tmp_path, "import sys\nprint('pandas' in sys.modules)")
    assert book.metadata.papermill.kernel == "plain: this system cannot fork" and said(book) == "False"


@pytest.fixture
def sockets() -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield folder


def manager(kind: type[AsyncKernelManager], sockets: str) -> AsyncKernelManager:
    return kind(kernel_name="python3", config=over_ipc(sockets))


def test_interrupt_restart_and_shutdown(sockets: str) -> None:
    asyncio.run(_interrupt_restart_and_shutdown(manager(WarmKernelManager, sockets)))


async def _interrupt_restart_and_shutdown(made: AsyncKernelManager) -> None:
    await made.start_kernel()
    first = made.provisioner.pid
    assert made.provisioner.plain_because == "" and os.getpgid(first) == first
    client = made.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    waiting = client.execute("import time\ntime.sleep(60)")
    await asyncio.sleep(0.5)
    await made.interrupt_kernel()
    reply = await client.get_shell_msg(timeout=30)
    assert reply["parent_header"]["msg_id"] == waiting and reply["content"]["ename"] == "KeyboardInterrupt"
    await made.restart_kernel(now=True)
    assert made.provisioner.pid != first and not psutil.pid_exists(first)
    await client.wait_for_ready(timeout=60)
    client.stop_channels()
    await made.shutdown_kernel()
    assert not await made.is_alive() and made.ended == 0


def test_processes_a_cell_started_end_with_the_kernel(tmp_path: Path) -> None:
    book = run(tmp_path, "import subprocess\nprint(subprocess.Popen(['sleep', '600']).pid)")
    started = [one for one in psutil.process_iter() if one.pid == int(said(book))]
    _, alive = psutil.wait_procs(started, timeout=5)
    assert not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


def test_died_names_the_signal() -> None:
    assert kernel.died(-signal.SIGTERM, "it") == "it was killed (SIGTERM)"
