"""What a warm process imports; importing this module is all it does.

It may leave no second thread, open file, socket, event loop or database handle behind, since a
fork would share them (a DuckDB query before the fork makes the child hang).
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
import sys
import warnings

# What every step's notebook imports, and what its execution and its pages need.
_MODULES = (
    "IPython.extensions.storemagic",
    "ibis.backends.duckdb.converter",
    "icalendar",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "openpyxl",
    "pandas.core.arrays.arrow.extension_types",
    "papermill",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "scipy.stats",
    "sklearn.linear_model",
    "sqlite3",
    "statsmodels.duration.survfunc",
    "tornado.platform.asyncio",
    "reviewkit.publish.exporter",
    "reviewkit.run.execute",
    "reviewkit.run.begin",
    "reviewkit.run.finish",
    "reviewkit.run.warm.engine",
)
_PACKAGES = ("reviewkit.steps", "reviewkit.publish", "reviewkit.voices", "reviewkit.performance")


# Imported where they are installed, and slow: jsonschema checks addresses with the first (a second);
# the second is a debugger, which nobody uses in a scheduled run (0.06 seconds of each kernel).
_NOT_NEEDED = ("rfc3987_syntax", "debugpy.server")


def _import_all() -> None:
    for name in _MODULES:
        importlib.import_module(name)
    for package in map(importlib.import_module, _PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def _rehearse() -> None:
    """Do once what every run of a notebook would do at its beginning."""
    import nbformat
    from jupyter_client.provisioning.factory import KernelProvisionerFactory

    nbformat.validate(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call] # compiles the schema
    KernelProvisionerFactory.instance()  # looks for plug-ins among all packages


def _close_database() -> None:
    """End DuckDB's default database, which its import opens, with a thread; a child opens its own."""
    import duckdb

    duckdb.default_connection().close()


gc.disable()
for unwanted in _NOT_NEEDED:
    sys.modules[unwanted] = None  # type: ignore[assignment] # so that importing it fails, at once
with warnings.catch_warnings():
    # An import that warns must not end the process where warnings are made errors.
    warnings.simplefilter("default")
    _import_all()
    _rehearse()
    _close_database()
for unwanted in _NOT_NEEDED:
    del sys.modules[unwanted]
# Objects out of the collector's sight stay on pages that all children share.
gc.freeze()
gc.enable()
