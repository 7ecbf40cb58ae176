"""A record of any form, written to any kind of file and imported, is the same record."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.documents.draw import draw_record
from generator.documents.exporting import write_document
from generator.documents.formats.excel_read import read_excel
from generator.documents.formats.text import read_text
from generator.documents.formats.web import read_web
from generator.documents.formats.word import read_word
from generator.documents.importing import Import, import_documents, record_text
from generator.documents.model import Block
from generator.forms.file import read_forms
from generator.forms.form import Form
from generator.records.record import read_record
from generator.records.store import RecordPath
from generator.yamlfile import Node, YamlFile
from tests.documents.record_strategies import parts

ROOT = Path(__file__).resolve().parents[2]
FORMS = read_forms(ROOT / "data" / "forms")
READERS = {"docx": read_word, "xlsx": read_excel, "html": read_web, "txt": read_text}


def blocks_of(nodes: dict[str, Node], kind: str | None) -> list[Block]:
    """What a file of that kind holds when the record is written to it; None: no file between."""
    path = Path("2022.yaml")
    file = YamlFile(path, record_text(nodes))
    record = read_record(file, RecordPath("990001", "jia", 2022, path), FORMS)
    document = draw_record(record, "示例")
    if kind is None:
        return [block for sheet in document.sheets for block in sheet.blocks]
    return READERS[kind](write_document(document, kind))


def imported(nodes: dict[str, Node], kind: str | None) -> Import:
    return import_documents([("示例", blocks_of(nodes, kind))], FORMS.values())


def key_of(form: Form) -> str:
    return form.use if form.use != "附件" else "附件3"


@pytest.mark.parametrize("kind", [None, *READERS])
@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_record_of_any_form_comes_back(name: str, kind: str | None, data: st.DataObject) -> None:
    nodes = {key_of(FORMS[name]): data.draw(parts(FORMS[name]))}
    result = imported(nodes, kind)
    assert result.record() == nodes
    assert not result.undecided
    assert result.years <= {2022}
