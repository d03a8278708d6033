"""``reviewkit lab``: JupyterLab at the start notebook."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer


def lab(
    context: typer.Context,
    engagement: Annotated[
        str, typer.Argument(help="Engagement to begin with: an id in params/, or a params file.")
    ] = "",
) -> None:
    """Open JupyterLab at the start notebook: pick an engagement, see its steps, open one.

    Options that reviewkit does not know go to JupyterLab, such as --no-browser or --port 8890.
    """
    from reviewkit.model import InputError

    try:
        root, place = ready(engagement, Path.cwd())
    except InputError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    try:
        from jupyterlab.labapp import main
    except ImportError:
        typer.echo("JupyterLab is not installed here: pip install jupyterlab", err=True)
        raise typer.Exit(2) from None
    main([f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/lab/tree/{place}", *context.args])


def ready(engagement: str, here: Path) -> tuple[Path, str]:
    """Return the folder that JupyterLab shows, and the start notebook in it; set what kernels are told.

    Parameters
    ----------
    engagement : id or path; empty for none. here : the working folder.

    Raises
    ------
    InputError : there is no such engagement, or the start notebook cannot be put there.
    """
    from reviewkit.model import InputError, read_engagement
    from reviewkit.run.notebooks import workbench_notebook
    from reviewkit.steps.workbench import find_params
    from reviewkit.widgets.start.cell import ENGAGEMENT
    from reviewkit.widgets.start.place import ROOT

    root = here
    if engagement:
        params = find_params(engagement)
        read_engagement(params)
        root = params.parent.parent if params.parent.name == "params" else params.parent
        os.environ[ENGAGEMENT] = str(params)
    notebook = workbench_notebook("start")
    if not notebook.is_relative_to(root):  # installed as a package: JupyterLab shows what is below its folder
        copy = root / "runs" / "start.ipynb"
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(notebook, copy)
        except OSError as error:
            raise InputError(f"cannot be written ({error.strerror})", file=copy) from None
        notebook = copy
    os.environ[ROOT] = str(root)
    return root, notebook.relative_to(root).as_posix()
