"""Text for the clock of the system: systemd units or a line of crontab that run what is due.

One clock for all engagements: ``run --due`` decides which are due, so that a change of a
schedule in a params file needs no change here.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

MINUTES = 10
"""How often is looked. A firing is acted on at most this much later."""

_SERVICE = """\
[Unit]
Description=Run the performance reviews that are due

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart=/bin/sh -c {command}
"""
_TIMER = """\
[Unit]
Description=Look every {minutes} minutes for performance reviews that are due

[Timer]
OnCalendar=*:0/{minutes}
AccuracySec=1min

[Install]
WantedBy=timers.target
"""


def command(executable: Sequence[str], params: Sequence[str], runs: str = "runs") -> str:
    """Return the command for a shell in the folder of the project.

    Parameters
    ----------
    executable : what starts reviewkit, with its absolute path.
    params : params files as they are named in that folder. None means all in ``params/``,
        those added later too.
    runs : folder of results.

    Examples
    --------
    >>> command(["/opt/my reviews/reviewkit"], ["params/a.yaml"])
    "'/opt/my reviews/reviewkit' run --due params/a.yaml"
    >>> command(["/opt/reviewkit"], [])
    '/opt/reviewkit run --due params/*.yaml'
    >>> command(["/opt/reviewkit"], [], "/srv/results")
    '/opt/reviewkit run --due params/*.yaml --runs /srv/results'
    """
    files = shlex.join(params) if params else "params/*.yaml"
    line = f"{shlex.join(executable)} run --due {files}"
    return line if runs == "runs" else f"{line} --runs {shlex.quote(runs)}"


def service(line: str, folder: str) -> str:
    """Return the unit that runs what is due once.

    Parameters
    ----------
    line : from :func:`command`.
    folder : absolute path of the folder it runs in.

    Examples
    --------
    >>> print(service("/opt/reviewkit run --due params/*.yaml", "/srv/100%").splitlines()[-1])
    ExecStart=/bin/sh -c "exec /opt/reviewkit run --due params/*.yaml"
    """
    # systemd reads quotes and backslashes, % (a specifier) and $ (a variable) before the shell does.
    quoted = f"exec {line}".replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return _SERVICE.format(folder=_percent(folder), command=f'"{_percent(quoted)}"')


def timer() -> str:
    """Return the unit that starts the service every ten minutes."""
    return _TIMER.format(minutes=MINUTES)


def crontab(line: str, folder: str) -> str:
    r"""Return the line of a crontab.

    >>> print(crontab("/opt/reviewkit run --due params/*.yaml", "/srv/my 100%"), end="")
    */10 * * * * cd '/srv/my 100\%' && /opt/reviewkit run --due params/*.yaml
    """
    # cron ends the command at a % that no backslash precedes, quotes or not.
    return f"*/{MINUTES} * * * * cd {shlex.quote(folder)} && {line}".replace("%", "\\%") + "\n"


def _percent(text: str) -> str:
    return text.replace("%", "%%")
