"""One full and one small engagement, made once for all tests of the folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.simulate import engagement

Tables = dict[str, pd.DataFrame]


def read(folder: Path) -> Tables:
    return {path.stem: pd.read_csv(path) for path in sorted(folder.glob("*.csv"))}


@pytest.fixture(scope="session")
def contact_centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contact_centre")
    engagement(folder, seed=11, truths="contact_centre")
    return folder


@pytest.fixture(scope="session")
def employment_services(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("employment_services")
    engagement(folder, seed=12, truths="employment_services")
    return folder


@pytest.fixture(scope="session")
def contact_tables(contact_centre: Path) -> Tables:
    return read(contact_centre)


@pytest.fixture(scope="session")
def employment_tables(employment_services: Path) -> Tables:
    return read(employment_services)
