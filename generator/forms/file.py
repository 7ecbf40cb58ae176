"""Reading form files strictly: a mistake in a drawing is told at its own line and column.

A file is `data/forms/<name>.yaml` with 名称, 版面 (the blocks), 填空 (the blanks' types) and, where
it has amounts, 金额单位; 用于, when it is not for attachments. `data/README.md` explains it to
those who draw forms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from generator.errors import DataError, Problem
from generator.forms.form import Block, Form, Line, LineKind, Prose, Table, Use
from generator.forms.grid import Repeat, draw_grid
from generator.forms.phrase import Phrase, Slot, parse_phrase, slot_offsets
from generator.forms.rules import read_rules
from generator.forms.schema import FORM_KEY
from generator.forms.slips import wide_separator, wide_separator_of_cells, wide_signs
from generator.forms.types import (
    TYPES,
    Blank,
    BlankType,
    Choice,
    Choices,
    Mistake,
    Money,
    Settings,
    Year,
)
from generator.forms.values import NOT_APPLICABLE_WORD
from generator.yaml import WIDE_SIGNS, Node, Where, YamlFile, entries

LINE_KINDS: tuple[LineKind, ...] = get_args(LineKind)
USES: tuple[Use, ...] = get_args(Use)
REPEAT_KEYS = ("重复", "合并", "一行")

# What makes a block -> the keys that go with it.
BLOCK_KEYS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(LINE_KINDS, ()),
    "表格": ("列宽",),
    "正文": ("提纲",),
}


def read_forms(folder: Path) -> dict[str, Form]:
    """Every form of `data/forms/`, by name. Raises DataError with the mistakes of all files."""
    forms: dict[str, Form] = {}
    problems: list[Problem] = []
    for path in entries(folder):
        if path.suffix != ".yaml" or not path.stem.isprintable():
            problems.append(Problem(path, 1, 1, "这里只放表式文件，名称以 .yaml 结尾"))
            continue
        try:
            forms[path.stem] = read_form(path)
        except DataError as error:
            problems += error.problems
    if not forms and not problems:
        problems.append(Problem(folder, 1, 1, "这里没有表式文件，请检查数据文件夹"))
    if problems:
        raise DataError(problems)
    return forms


def read_form(path: Path) -> Form:
    """One form file. Raises DataError with all its mistakes."""
    return _Reader(YamlFile.read(path)).form()


class _Reader:
    """Turns one file into a form and gathers what is wrong on the way."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.slots: list[tuple[Slot, Where, int | None]] = []
        self.money_unit: str | None = None
        self.years: set[str] = set()
        self.listed: frozenset[str] = frozenset()
        """The names in 填空, with half-width slashes, also where the rest of an entry is wrong."""

    def form(self) -> Form:
        root = self.file.root
        if not isinstance(root, dict):
            raise DataError([self.file.needs_keys((), "表式文件应由“名称”“版面”“填空”组成")])
        known = ("名称", "用于", "金额单位", "版面", "填空", "规则")
        self.problems += self.file.unknown_keys((), root, known)
        if self.problems and not {"版面", "填空"} <= root.keys():
            raise DataError(self.problems)  # what follows from a misspelled key is no news
        for key in ("名称", "版面"):
            if key not in root:
                self._wrong((), f"缺少“{key}”")
        title = self._text(root["名称"], ("名称",)) if "名称" in root else ""
        if "金额单位" in root:
            self.money_unit = self._money_unit(root["金额单位"], ("金额单位",))
        listed = root.get("填空", {})
        if isinstance(listed, dict):
            self.listed = frozenset(name.replace("／", "/") for name in listed)
        before = len(self.problems)
        blanks = self._blanks(root.get("填空", {}))
        self.years = {name for name, blank in blanks.items() if isinstance(blank.type, Year)}
        blanks_problems, self.problems = self.problems[before:], self.problems[:before]
        blocks = self._blocks(root["版面"]) if "版面" in root else []
        drawn_whole = not self.problems
        self.problems += blanks_problems
        self._compare(blanks, drawn_whole)
        form = Form(self.file.path.stem, title, tuple(blocks), blanks, self._use(root))
        self._compare_lists(form)
        rules, mistakes = read_rules(self.file, root.get("规则", ""), blanks, form.lists)
        # What follows from a mistake in the drawing is no news.
        self.problems += [] if self.problems else mistakes
        form = replace(form, rules=rules)
        if self.problems:
            raise DataError(self.problems)
        return form

    def _use(self, root: dict[str, Node]) -> Use:
        for use in USES:
            if root.get("用于", "附件") == use:
                return use
        self._wrong(("用于",), f"“用于”只能是{'、'.join(USES)}中的一个")
        return "附件"

    # --- the drawing ---

    def _blocks(self, node: Node) -> list[Block]:
        if not isinstance(node, list):
            self._wrong(("版面",), "“版面”应是一个列表，每项以“- ”开头")
            return []
        if not node:
            self._wrong(("版面",), "“版面”是空的")
        blocks = (self._block(item, ("版面", number)) for number, item in enumerate(node))
        return [block for block in blocks if block is not None]

    def _block(self, node: Node, where: Where) -> Block | None:
        kinds = [kind for kind in BLOCK_KEYS if isinstance(node, dict) and kind in node]
        if not isinstance(node, dict) or len(kinds) != 1:
            message = f"版面的每一项应是以下之一：{'、'.join(BLOCK_KEYS)}"
            if isinstance(node, str) and node.startswith(tuple(BLOCK_KEYS)):
                self.problems.append(self.file.needs_keys(where, message))  # a wrong colon
            else:
                self._wrong(where, message)
            return None
        kind = kinds[0]
        self.problems += self.file.unknown_keys(where, node, (kind, *BLOCK_KEYS[kind]))
        if kind == "表格":
            return self._table(node, where)
        if kind == "正文":
            return self._prose(node, where)
        text = self._text(node[kind], (*where, kind))
        phrase = self._phrase(text, (*where, kind))
        return Line(cast(LineKind, kind), phrase) if phrase else None

    def _phrase(self, text: str, where: Where) -> Phrase | None:
        if self._has_wide_signs(text, where):
            return None
        try:
            phrase = parse_phrase(text)
        except Mistake as mistake:
            self._wrong(where, mistake.message, mistake.offset)
            return None
        self._remember(phrase, where, text, 0)
        return phrase

    def _has_wide_signs(self, text: str, where: Where) -> bool:
        """Tells of blanks drawn with full-width braces or slashes."""
        slips = list(wide_signs(text, self.listed))
        for slip in slips:
            self._wrong(where, slip.message, slip.offset)
        return bool(slips)

    def _remember(self, phrase: Phrase, where: Where, text: str, start: int) -> None:
        for slot, offset in zip(phrase.slots, slot_offsets(text), strict=True):
            self.slots.append((slot, where, start + offset))

    def _prose(self, node: dict[str, Node], where: Where) -> Prose | None:
        text = self._text(node["正文"], (*where, "正文"))
        phrase = self._phrase(text, (*where, "正文"))
        outline = self._texts(node.get("提纲", []), (*where, "提纲"))
        if phrase is None:
            return None
        if len(phrase.pieces) != 1 or not phrase.slots:
            self._wrong((*where, "正文"), "“正文”只能是一个填空，如“{正文}”")
            return None
        return Prose(phrase.slots[0], outline)

    def _table(self, node: dict[str, Node], where: Where) -> Table | None:
        if "列宽" not in node:
            self._wrong(where, "表格缺少“列宽”：每列一个整数，如 [2, 3, 3]")
            return None
        widths: list[int] = []
        if not isinstance(node["列宽"], list):
            self._wrong((*where, "列宽"), "“列宽”应是一个列表，每列一个整数，如 [2, 3, 3]")
            return None
        for number, width in enumerate(self._texts(node["列宽"], (*where, "列宽"))):
            if slip := wide_separator(width):
                self._wrong((*where, "列宽", number), slip.message, slip.offset)
                return None
            if width.isascii() and width.isdigit() and 0 < int(width) <= 100:
                widths.append(int(width))
            else:
                self._wrong((*where, "列宽", number), f"列宽“{width}”应是 1 到 100 的整数")
                widths.append(1)
        drawn = node["表格"]
        place = (*where, "表格")
        if not widths or not isinstance(drawn, list) or not drawn:
            self._wrong(place, "表格和列宽都不能是空的，表格的每一行应是一个列表")
            return None
        rows = [self._row(row, (*place, number)) for number, row in enumerate(drawn)]
        if any(row is None for row in rows):
            return None
        read = [row for row in rows if row is not None]
        texts = [cells for cells, _, _ in read]
        places = [where for _, where, _ in read]
        repeats = {number: repeat for number, (_, _, repeat) in enumerate(read) if repeat}
        grid, mistakes = draw_grid(texts, tuple(widths), repeats, self.years)
        for mistake in mistakes:
            at = places[mistake.row]
            if mistake.cell is not None:
                at = (*at, mistake.cell)
            self._wrong(at, mistake.message, mistake.offset)
        for cell in grid.cells:
            text, start = texts[cell.row][cell.column], 0
            for line, phrase in zip(text.split("\n"), cell.lines, strict=True):
                self._remember(phrase, (*places[cell.row], cell.column), line, start)
                start += len(line) + 1
        return Table(grid)

    def _row(self, node: Node, where: Where) -> tuple[list[str], Where, Repeat | None] | None:
        """A row's cells, where they stand, and what the row repeats."""
        repeat = None
        if isinstance(node, dict):
            self.problems += self.file.unknown_keys(where, node, REPEAT_KEYS)
            if "重复" not in node or "一行" not in node:
                message = "重复的行要写“重复”（列表的名称）和“一行”（画法）"
                if node.keys() <= {"重复", "合并"}:
                    message = "缺少“一行”：这一行的画法（方括号里的各格）写在“一行: ”后面"
                self._wrong(where, message)
                return None
            name = self._text(node["重复"], (*where, "重复"))
            if not name:
                return None
            joined = self._joined(node.get("合并", []), name, (*where, "合并"))
            repeat = Repeat(name, tuple(f"{name}/{key}" for key in joined))
            node, where = node["一行"], (*where, "一行")
        if not isinstance(node, list):
            message = '表格的每一行应是一个列表，如 [编制人数, "{编制人数}"]'
            if isinstance(node, str) and node.startswith(("［", "【")):
                message = WIDE_SIGNS[node[0]]
            self._wrong(where, message)
            return None
        row = []
        for number, cell in enumerate(node):
            if not isinstance(cell, str):
                self._wrong((*where, number), "格子里只能是文字；花括号要放在引号里")
                return None
            slip = wide_separator_of_cells(cell)
            if slip and not self.file.places[*where, number].style:
                self._wrong((*where, number), slip.message, slip.offset)
                return None
            row.append(cell.rstrip("\n"))
        wide = [self._has_wide_signs(cell, (*where, number)) for number, cell in enumerate(row)]
        return None if any(wide) else (row, where, repeat)

    def _joined(self, node: Node, name: str, where: Where) -> tuple[str, ...]:
        """The keys of 合并."""
        if isinstance(node, str) and node:
            key = node.removeprefix(f"{name}/")
            self._wrong(where, f"“合并”应是一个列表，请写成 合并: [{key}]")
            return ()
        return self._texts(node, where)

    def _compare_lists(self, form: Form) -> None:
        """What is said of a list fits its blanks, and no list is drawn twice."""
        seen: set[str] = set()
        for place, node in self._tables():
            for number, row in enumerate(node):
                if not isinstance(row, dict) or not isinstance(row.get("重复"), str):
                    continue
                name, where = str(row["重复"]), (*place, number)
                if name in seen:
                    self._wrong((*where, "重复"), f"“{name}”已经画过一次，一个列表只能画在一行里")
                seen.add(name)
                if name in form.blanks:
                    self._wrong((*where, "重复"), f"“{name}”已经是一个填空，列表要用别的名称")
                joined = row.get("合并", [])
                for item, key in enumerate(joined if isinstance(joined, list) else []):
                    if f"{name}/{key}" in self.listed:
                        continue
                    message = f"“填空”里没有“{name}/{key}”；“合并”只写这一行里填空的名称"
                    if str(key) in self.listed and str(key).startswith(f"{name}/"):
                        short = str(key).removeprefix(f"{name}/")
                        message = f"“合并”里不写列表的名称，请只写“{short}”"
                    self._wrong((*where, "合并", item), message)
        for name, blank in form.blanks.items():
            if not form.is_in_rows(name):
                continue
            if name.count("/") != 1:
                self._wrong(("填空", name), "逐行填写的填空只能写成“列表/名称”两级")
            if isinstance(blank.type, Year):
                self._wrong(("填空", name), "逐行填写的内容里不能有年度")

    def _tables(self) -> Iterator[tuple[Where, list[Node]]]:
        """The tables of the drawing as they are written."""
        root = self.file.root
        blocks = root.get("版面") if isinstance(root, dict) else None
        for number, block in enumerate(blocks if isinstance(blocks, list) else []):
            table = block.get("表格") if isinstance(block, dict) else None
            if isinstance(table, list):
                yield ("版面", number, "表格"), table

    # --- the blanks ---

    def _blanks(self, node: Node) -> dict[str, Blank]:
        if node == "":
            node = {}
        if not isinstance(node, dict):
            self.problems.append(self.file.needs_keys(("填空",), "“填空”应是“名称: 类型”的一列"))
            return {}
        blanks: dict[str, Blank] = {}
        for name, entry in node.items():
            where = ("填空", name)
            if "／" in name:
                self._wrong(where, f"名称“{name}”里的{WIDE_SIGNS['／']}")
                continue
            blank = self._blank(name, entry, where)
            if blank:
                blanks[name] = blank
        for name in blanks:
            if name.split("/")[0] == FORM_KEY:
                self._wrong(("填空", name), f"填空不能叫“{FORM_KEY}”：记录用它写明表式")
            if any(other.startswith(name + "/") for other in blanks):
                self._wrong(("填空", name), f"“{name}”下面还有别的填空，它自己不能再是填空")
        return blanks

    def _blank(self, name: str, entry: Node, where: Where) -> Blank | None:
        if isinstance(entry, str):
            entry = {"类型": entry}
        if not isinstance(entry, dict) or "类型" not in entry:
            keys = entry if isinstance(entry, dict) else {}
            slips = {key: node for key, node in keys.items() if key.startswith(("类型：", "类型:"))}
            self.problems += self.file.unknown_keys(where, slips, ("类型",))
            if not slips:
                self._wrong(where, f"填空“{name}”缺少“类型”")
            return None
        word = entry["类型"]
        if not isinstance(word, str) or word not in TYPES:
            self._wrong(
                (*where, "类型") if len(entry) > 1 else where,
                f"填空“{name}”的类型不认识，可以写：{'、'.join(TYPES)}",
            )
            return None
        allowed, make = TYPES[word]
        self.problems += self.file.unknown_keys(
            where, entry, ("类型", "必填", "指标", *sorted(allowed))
        )
        type_ = make(self._settings(entry, where))
        if isinstance(type_, Choice | Choices) and isinstance(entry.get("选项", []), list):
            self._options(name, type_, where)
        if isinstance(type_, Money) and not type_.unit:
            # Said once for the form, not for each amount.
            self._wrong((), "表式里有金额，请在开头写“金额单位: 万元”或“元”")
        required = self._text(entry.get("必填", "否"), (*where, "必填"))
        if required not in ("是", "否"):
            self._wrong((*where, "必填"), "“必填”只能是“是”或“否”")
        if isinstance(type_, Year) and required == "是":
            self._wrong((*where, "必填"), "年度由文件名给出，不用写“必填”")
        indicator = self._text(entry["指标"], (*where, "指标")) if "指标" in entry else ""
        return Blank(name, type_, required == "是", indicator, self._expected(entry, type_, where))

    def _expected(self, entry: dict[str, Node], type_: BlankType, where: Where) -> str:
        """The answer that needs no explanation."""
        if "应为" not in entry or not isinstance(type_, Choice):
            return ""
        expected = self._text(entry["应为"], (*where, "应为"))
        if expected and expected not in type_.options:
            self._wrong((*where, "应为"), f"“应为”只能是选项中的一个：{'、'.join(type_.options)}")
        return expected

    def _options(self, name: str, type_: Choice | Choices, where: Where) -> None:
        options = type_.options
        if len(options) < 2:
            if options and (slip := wide_separator(options[0])):
                self._wrong((*where, "选项", 0), slip.message, slip.offset)
                return
            self._wrong(
                where, f"填空“{name}”至少要有两个“选项”，如 {{类型: {type_.word}, 选项: [是, 否]}}"
            )
        for number, option in enumerate(options):
            place = (*where, "选项", number)
            if option in options[:number]:
                self._wrong(place, f"选项“{option}”写了两次，请只留一个")
            elif option == NOT_APPLICABLE_WORD:
                self._wrong(place, f"每个填空都可以写“{option}”，不用列在选项里")
            elif option != option.strip() or "\n" in option:
                self._wrong(place, "选项前后不能有空格，也不能换行")

    def _settings(self, entry: dict[str, Node], where: Where) -> Settings:
        word = entry["类型"]
        unit = self._text(entry["单位"], (*where, "单位")) if "单位" in entry else None
        if word == Money.word:
            unit = self._money_unit(unit, (*where, "单位")) if unit else self.money_unit
        options = self._texts(entry["选项"], (*where, "选项")) if "选项" in entry else None
        drawn = self._text(entry["写法"], (*where, "写法")) if "写法" in entry else None
        if drawn not in (None, "打勾", "文字"):
            self._wrong((*where, "写法"), "“写法”只能是“打勾”或“文字”")
        offset = None
        if "相差" in entry:
            written = self._text(entry["相差"], (*where, "相差"))
            digits = written.removeprefix("-")
            if digits.isascii() and digits.isdigit() and len(digits) < 3:
                offset = int(written)
            else:
                self._wrong((*where, "相差"), "“相差”应是整数，如 -1 表示上一年度")
        return Settings(unit, options, drawn, offset)

    def _money_unit(self, node: Node, where: Where) -> str:
        unit = self._text(node, where)
        if unit not in ("元", "万元", "亿元"):
            self._wrong(where, "金额的单位只能是“元”“万元”或“亿元”")
        return unit

    def _compare(self, blanks: Mapping[str, Blank], drawn_whole: bool) -> None:
        """Every drawn blank has a type, every type is of a drawn blank."""
        drawn = {slot.name for slot, _, _ in self.slots}
        listed = self.file.root.get("填空") if isinstance(self.file.root, dict) else None
        if listed and not isinstance(listed, dict):
            return  # told already
        for slot, where, offset in self.slots:
            if slot.name not in self.listed:
                self._wrong(where, f"填空“{slot.name}”没有类型，请在“填空”里写明", offset)
        for name in blanks if drawn_whole else ():
            if name not in drawn:
                self._wrong(("填空", name), f"填空“{name}”没有画在版面里")

    # --- plain nodes ---

    def _text(self, node: Node, where: Where) -> str:
        if isinstance(node, str) and node.strip():
            return node
        self._wrong(where, "这里应是一段文字")
        return ""

    def _texts(self, node: Node, where: Where) -> tuple[str, ...]:
        if not isinstance(node, list):
            self._wrong(where, "这里应是一个列表，如 [是, 否]")
            return ()
        return tuple(self._text(item, (*where, number)) for number, item in enumerate(node))

    def _wrong(self, where: Where, message: str, offset: int | None = None) -> None:
        self.problems.append(self.file.problem(where, message, offset))
