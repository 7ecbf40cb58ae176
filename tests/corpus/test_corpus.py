"""The corpus is readable, varied, the same each time, and holds what it is said to hold."""

from collections import Counter
from pathlib import Path

from generator.errors import DataError
from generator.records.data import open_data
from generator.records.record import read_record
from generator.yaml import YamlFile
from tests.corpus.corpus import Case, write_corpus
from tests.corpus.faults import FAULTS
from tests.corpus.measure import seal


def test_every_record_can_be_read(corpus: tuple[Path, list[Case]]) -> None:
    folder, cases = corpus
    data = open_data(folder)
    assert data.problems == ()
    assert len(data.records) == len(cases)
    wrong = []
    for each in data.records:
        try:
            read_record(YamlFile(each.path, each.path.read_text("utf-8")), each, data.forms)
        except DataError as error:
            wrong += [str(problem) for problem in error.problems]
    assert wrong == []


def test_there_are_enough_of_both(corpus: tuple[Path, list[Case]]) -> None:
    _, cases = corpus
    assert sum(not case.expected for case in cases) >= 100
    assert sum(bool(case.expected) for case in cases) >= 100
    assert all(len(case.faults) <= 3 for case in cases)
    assert all(bool(case.expected) == bool(case.faults) for case in cases)


def test_every_kind_is_planted_twice(corpus: tuple[Path, list[Case]]) -> None:
    counts = Counter(name for case in corpus[1] for name in case.faults)
    assert {fault.name: counts[fault.name] for fault in FAULTS if counts[fault.name] < 2} == {}


def test_what_is_quoted_stands_in_the_record(corpus: tuple[Path, list[Case]]) -> None:
    lost = []
    for case in corpus[1]:
        file = YamlFile(case.path, case.path.read_text("utf-8"))
        assert isinstance(file.root, dict)
        for each in case.expected:
            node: object = file.root.get(each.part) if each.part else file.root
            for key in each.path or ():
                if isinstance(node, list):
                    node = [row[key] for row in node if isinstance(row, dict)]
                elif isinstance(node, dict):
                    node = node.get(key)
                else:
                    node = None
            if node is None or (each.part and each.path and each.snippet not in str(node)):
                lost.append((case.path.parent.name, case.year, each))
    # A snippet with a line break is quoted otherwise by str(); a missing attachment has no place.
    assert [each for each in lost if "\n" not in each[2].snippet] == []


def test_wordings_vary(corpus: tuple[Path, list[Case]]) -> None:
    texts = set()
    for case in corpus[1]:
        text = case.path.read_text("utf-8")
        texts.add("".join(sign for sign in text if not sign.isdigit()))
    assert len(texts) == len(corpus[1])


def test_it_is_the_same_each_time(corpus: tuple[Path, list[Case]], tmp_path: Path) -> None:
    write_corpus(tmp_path, seal)
    files = [
        {
            path.relative_to(folder): path.read_bytes()
            for name in ("regions", "records")
            for path in sorted((folder / name).rglob("*.yaml"))
        }
        for folder in (corpus[0], tmp_path)
    ]
    assert len(files[0]) == len(corpus[1]) + 1
    assert files[0] == files[1]
