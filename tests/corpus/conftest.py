"""The corpus, written once for all tests of it."""

from pathlib import Path

import pytest

from tests.corpus.corpus import Case
from tests.corpus.measure import write_data


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Case]]:
    folder = tmp_path_factory.mktemp("corpus") / "data"
    return folder, write_data(folder)
