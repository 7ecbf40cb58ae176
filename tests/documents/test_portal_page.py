"""A page saved from a portal: its documents are read, what stands around them is left over."""

import re
from pathlib import Path

import pytest

from generator.documents.draw import draw_record
from generator.documents.formats.web import read_web, write_web
from generator.documents.importing import import_documents
from generator.forms.file import read_forms
from generator.forms.schema import OPEN_KEYS
from generator.records.record import read_record
from generator.records.store import RecordPath
from generator.yaml import YamlFile

ROOT = Path(__file__).resolve().parents[2]
FORMS = read_forms(ROOT / "data" / "forms")
SAMPLE = ROOT / "data" / "records" / "430524" / "xingzheng-shenpi" / "2022.yaml"

ABOVE = """\
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>示例</title><script>var a = "编制人数";</script><style>td {{ color: red }}</style></head>
<body><div class="top"><ul><li><a href="/">首页</a></li>
<li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="pos">当前位置:&nbsp;<a href="/">首页</a>&nbsp;&gt;&nbsp;部门预决算</div>
<h1>部门整体支出绩效自评</h1><p>发布时间:2023-05-06&nbsp;&nbsp;信息来源:财政局</p>
<table width="100%" border="0"><tr><td><div id="content">
"""
BELOW = """\
</div></td></tr></table>
<p><a href="javascript:window.print()">打印本页</a>&nbsp;<a href="#">关闭窗口</a></p>
<div class="foot"><p>主办:示例县人民政府</p></div></body></html>
"""


def nested(html: str) -> str:
    """Texts as Word and rich-text editors leave them: wrapped again and again."""

    def wrap(found: re.Match[str]) -> str:
        text = found[1]
        if not text.strip():
            return f">{text}<"
        half = len(text) // 2
        inner = f'<font face="仿宋">{text[:half]}</font><span lang="EN-US">{text[half:]}</span>'
        return f'><span style="font-size:14px">{inner}</span><'

    body = html[html.index("<body") :]
    body = body[body.index(">") + 1 : body.index("</body>")]
    return re.sub(r">([^<>]*)<", wrap, body)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_saved_page_gives_the_record(charset: str) -> None:
    file = YamlFile.read(SAMPLE)
    record = read_record(file, RecordPath("430524", "xingzheng-shenpi", 2022, SAMPLE), FORMS)
    page = ABOVE.format(charset=charset) + nested(write_web(draw_record(record, "示例"))) + BELOW
    data = page.encode("gb18030" if charset == "gb2312" else charset)
    found = import_documents([("页面.html", read_web(data))], FORMS.values())
    parts = found.record()
    left = parts.pop("未识别")
    assert isinstance(file.root, dict)
    assert parts == {key: part for key, part in file.root.items() if key not in OPEN_KEYS}
    assert [part.score for part in found.parts] == [1.0] * 4
    assert isinstance(left, list)
    assert ["".join(str(each["原文"]).split()) for each in left if isinstance(each, dict)] == [
        "首页政务公开当前位置:首页>部门预决算部门整体支出绩效自评发布时间:2023-05-06信息来源:财政局",
        "打印本页关闭窗口主办:示例县人民政府",
    ]
