"""How our Word files look: paper, type and styles, as offices set them (GB/T 9704 where it says).

Every style names its font for Chinese and for Western letters: with a Western font, Word would set
the Chinese quotation marks and the boxes in it too.
"""

from dataclasses import dataclass

MM = 1440 / 25.4
"""Twips, in which Word measures, to a millimetre."""

CELL_MARGIN = 85
"""Twips to the left and right of the text in a cell."""
ROW_HEIGHT = 482
"""Twips, at least: room to write by hand in a form that is printed empty."""
TABLE_LETTER = 210
"""Twips: 五号, 10.5 points."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of A4, in twips."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def text_width(self) -> int:
        """Between the margins."""
        return self.width - self.left - self.right


def _twips(millimetres: float) -> int:
    return round(millimetres * MM)


UPRIGHT = Paper(11906, 16838, _twips(37), _twips(26), _twips(35), _twips(28))
# the same sheet turned, so that its head is at the left where it is bound
LYING = Paper(16838, 11906, _twips(28), _twips(35), _twips(26), _twips(37))

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _fonts(font: str) -> str:
    return (
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"'
        ' w:hint="eastAsia"/>'
    )


def _style(name: str, shown: str, paragraph: str, font: str, size: float, bold: str = "") -> str:
    """A paragraph style: id, the name that people see, layout, font and points."""
    default = ' w:default="1"' if name == "Normal" else ""
    custom = "" if name in _BUILT_IN else ' w:customStyle="1"'
    based = "" if name == "Normal" else '<w:basedOn w:val="Normal"/>'
    halves = round(size * 2)
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{name}">'
        f'<w:name w:val="{shown}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>"
        f'<w:rPr>{_fonts(font)}{bold}<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/></w:rPr>'
        "</w:style>"
    )


_BUILT_IN = {"Normal", "Title", "Subtitle", "Heading1", "Heading2", "Heading3", "Footer"}
"""Word shows these in its own language: 标题, 副标题, 标题 1."""

_BODY_LINES = '<w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/>'
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'


def _heading(level: int, font: str, bold: str = "") -> str:
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    paragraph = f"<w:keepNext/>{_BODY_LINES}{_INDENT}{outline}"
    return _style(f"Heading{level}", f"heading {level}", paragraph, font, 16, bold)


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


STYLES = "".join(
    (
        f'<w:styles xmlns:w="{_W}">',
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts('仿宋')}",
        '<w:kern w:val="2"/><w:sz w:val="24"/><w:szCs w:val="24"/>',
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>',
        "<w:pPrDefault/></w:docDefaults>",
        _style("Normal", "Normal", "", "仿宋", 12),
        _style("Label", "附件标签", f'{_space(0, 120)}<w:jc w:val="left"/>', "黑体", 16),
        _style(
            "Title", "Title", f'<w:keepNext/>{_space(120, 160)}<w:jc w:val="center"/>', "黑体", 18
        ),
        _style("Subtitle", "Subtitle", f'{_space(0, 200)}<w:jc w:val="center"/>', "楷体", 16),
        _style("PlainLine", "表外文字", f'{_space(60, 60)}<w:jc w:val="left"/>', "仿宋", 12),
        _style("BodyText", "公文正文", f'{_BODY_LINES}{_INDENT}<w:jc w:val="both"/>', "仿宋", 16),
        _style("ReportLine", "报告中的行", f'{_BODY_LINES}<w:jc w:val="left"/>', "仿宋", 16),
        _heading(1, "黑体"),
        _heading(2, "楷体"),
        _heading(3, "仿宋", "<w:b/><w:bCs/>"),
        _style("Signature", "落款", f'{_BODY_LINES}<w:jc w:val="right"/>', "仿宋", 16),
        _style("CellLabel", "表格栏目", '<w:jc w:val="center"/>', "仿宋", 10.5),
        _style("CellCentred", "表格居中内容", '<w:jc w:val="center"/>', "仿宋", 10.5),
        _style("CellText", "表格内容", '<w:jc w:val="left"/>', "仿宋", 10.5),
        _style(
            "AfterTable",
            "表后",
            '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>',
            "仿宋",
            5,
        ),
        _style("Footer", "footer", '<w:jc w:val="center"/>', "仿宋", 14),
        "</w:styles>",
    )
)
"""Of the whole file: nothing of python-docx's American template remains."""


TABLE_PROPERTIES = "".join(
    (
        f'<w:tblPr xmlns:w="{_W}"><w:tblW w:w="{{width}}" w:type="dxa"/><w:jc w:val="center"/>',
        "<w:tblBorders>",
        *(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        ),
        '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>',
        f'<w:top w:w="28" w:type="dxa"/><w:left w:w="{CELL_MARGIN}" w:type="dxa"/>',
        f'<w:bottom w:w="28" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/>',
        "</w:tblCellMar></w:tblPr>",
    )
)
"""With {width} in twips."""
