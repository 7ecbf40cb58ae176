"""A form of ours as a Hugo partial: the same table, drawn from a record's YAML.

A partial is made for each form, as a person who writes a Hugo site would, only without slips: what
does not depend on the record is literal, tick boxes are chosen among literal ones.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from generator.forms.form import Block, Form, Line, Prose, Table
from generator.forms.grid import Cell, Grid, Repeat
from generator.forms.phrase import Phrase, Slot
from generator.forms.types import TICKED, UNTICKED, Choice, Choices, LongText, Year
from generator.forms.values import NOT_APPLICABLE_WORD


def _do(action: str) -> str:
    """An action of a Go template."""
    return "{{ " + action + " }}"


_ELSE, _END = _do("else"), _do("end")
_KEY = _do("$key")
_SPAN = _do("if gt $span 1") + ' rowspan="' + _do("$span") + '"' + _END
_LINES = _do(r'range split . "\n"') + "<p>" + _do(".") + "</p>" + _END
_PARAGRAPHS = _do(r'if in . "\n"') + _LINES + _ELSE + "<p>" + _do(".") + "</p>" + _END
_BROKEN = (
    _do(r'range $n, $line := split . "\n"') + (_do("if $n") + "<br>" + _END) + (_do("$line") + _END)
)
_CLASSES = {"副题": "gk-subtitle", "落款": "gk-signature"}


def form_partial(form: Form) -> str:
    """The partial's text; its context: `part`, `key`, `year`, and `store` for the contents."""
    return "".join(_Partial(form).draw())


class _Partial:
    """One form being written down as a template."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def draw(self) -> Iterator[str]:
        form = self._form
        for name in ("part", "key", "year", "store"):
            yield _do(f"${name} := .{name}")
        for name in sorted(form.lists):
            yield _do(f"{_items(name)} := index $part {_go(name)} | default (slice dict)")
        is_attachment = form.use == "附件"
        if is_attachment:
            text = f'(printf "%s %s" $key ({self._title()}))'
            entry = f'(dict "anchor" $key "text" {text} "inner" false)'
            yield _do(f'$store.Add "entries" (slice {entry})')
        label = f'aria-label="{_KEY} {_text(form.title)}"'
        yield f'<section class="gk-part" id="{_KEY}" {label}>\n'
        if is_attachment and not form.heading:
            yield f'<h2><span class="gk-label">{_KEY}</span></h2>\n'
        for lines, block in _sections(form.blocks):
            if isinstance(block, Table):
                yield from self._table(lines, block.grid)
                continue
            yield from map(self._line, lines)
            if block:
                yield f'<div class="gk-prose">\n{self._prose(block)}\n</div>\n'
        yield "</section>\n"

    def _prose(self, block: Prose) -> str:
        outline = f"(slice {' '.join(map(_go, block.outline))})"
        context = f'"text" {self._value(block.slot)} "store" $store "outline" {outline}'
        return _do(f'partial "prose.html" (dict {context})')

    def _title(self) -> str:
        """The document's title as an expression."""
        heading = self._form.heading
        if not heading:
            return _go(self._form.title)
        pieces = [_go(p) if isinstance(p, str) else f"({self._value(p)})" for p in heading.pieces]
        return f'printf "{"%v" * len(pieces)}" {" ".join(pieces)}'

    def _line(self, line: Line) -> str:
        phrase = self._phrase(line.phrase)
        if line.kind == "标题":
            label = f'<span class="gk-label">{_KEY}</span>'
            return f'<h2>{label} <span class="gk-title">{phrase}</span></h2>\n'
        return f'<p class="{_CLASSES.get(line.kind, "gk-line")}">{phrase}</p>\n'

    def _table(self, lines: Sequence[Line], grid: Grid) -> Iterator[str]:
        title = _text(self._form.title)
        label = f'aria-label="{title}（可左右滚动）"'
        yield f'<div class="gk-scroll" tabindex="0" role="region" {label}>\n'
        size = len(grid.widths)
        wide = " gk-wide" * (size > 4) + " gk-many" * (size > 7)
        yield f'<table class="gk-table{wide}">\n<caption>'
        if lines:
            yield f'<div class="gk-caption">\n{"".join(map(self._line, lines))}</div>'
        else:
            yield f'<span class="gk-hidden">{title}</span>'
        yield "</caption>\n<colgroup>\n"
        for width in grid.widths:
            yield f'<col style="width: {round(100 * width / sum(grid.widths), 2)}%">\n'
        yield "</colgroup>\n"
        for group in grid.groups:
            yield "<tbody>\n"
            for row in group:
                repeat = grid.repeats.get(row[0].row) if row else None
                if repeat:
                    yield _do(f"range $i, $item := {_items(repeat.name)}")
                yield "<tr>\n"
                for cell in row:
                    yield self._repeated(cell, grid, repeat) if repeat else self._whole(cell, grid)
                yield "</tr>\n"
                if repeat:
                    yield _END
            yield "</tbody>\n"
        yield "</table>\n</div>\n"

    def _whole(self, cell: Cell, grid: Grid) -> str:
        """A cell that stands once; as high as the record's rows where some of its rows repeat."""
        rows = range(cell.row, cell.row + cell.rowspan)
        repeats = [grid.repeats[row] for row in rows if row in grid.repeats]
        span = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        if repeats:
            counts = " ".join(f"(len {_items(each.name)})" for each in repeats)
            span = f' rowspan="{_do(f"add {cell.rowspan - len(repeats)} {counts}")}"'
        return self._cell(cell, span)

    def _repeated(self, cell: Cell, grid: Grid, repeat: Repeat) -> str:
        """A cell of each item's row; joined over rows of the same content, as the form says."""
        names = [slot.name for line in cell.lines for slot in line.slots]
        if not any(name.startswith(f"{repeat.name}/") for name in names):
            return _do("if eq $i 0") + self._whole(cell, grid) + _END
        last = max(
            (repeat.joined.index(name) for name in names if name in repeat.joined), default=-1
        )
        outer = [_go(name.partition("/")[2]) for name in repeat.joined[: last + 1]]
        if not outer:
            return self._cell(cell, "")
        items = _items(repeat.name)
        filled = " ".join(f"(index $item {key})" for key in outer)
        as_above = " ".join(f"(eq (index $item {key}) (index $above {key}))" for key in outer)
        as_below = " ".join(f"(eq (index $item {key}) (index . {key}))" for key in outer)
        return "".join(
            (
                _do("$above := dict"),
                *(_do("if $i"), _do(f"$above = index {items} (sub $i 1)"), _END),
                _do(f"if not (and $i {filled} {as_above})"),
                _do("$span := 1"),
                *(_do(f"if and {filled}"), _do(f"range after (add $i 1) {items}")),
                *(_do(f"if and {as_below}"), _do("$span = add $span 1")),
                *(_ELSE, _do("break"), _END, _END, _END),
                self._cell(cell, _SPAN),
                _END,
            )
        )

    def _cell(self, cell: Cell, rowspan: str) -> str:
        tag = "th" if cell.scope else "td"
        scope = f' scope="{cell.scope}"' if cell.scope else ""
        colspan = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        if len(cell.lines) == 1:
            content = self._phrase(cell.lines[0])
        else:
            content = "".join(
                self._phrase(line) if self._is_alone(line) else f"<p>{self._phrase(line)}</p>"
                for line in cell.lines
            )
        return f"<{tag}{scope}{rowspan}{colspan}>{content}</{tag}>\n"

    def _is_alone(self, phrase: Phrase) -> bool:
        slots = phrase.slots
        return len(phrase.pieces) == len(slots) == 1 and isinstance(
            self._form.blanks[slots[0].name].type, LongText
        )

    def _phrase(self, phrase: Phrase) -> str:
        alone = self._is_alone(phrase)
        return "".join(
            _text(piece) if isinstance(piece, str) else self._blank(piece, alone)
            for piece in phrase.pieces
        )

    def _blank(self, slot: Slot, alone: bool) -> str:
        type_ = self._form.blanks[slot.name].type
        value = self._value(slot)
        if isinstance(type_, Choice) and type_.ticks:
            return _choice(type_.options, value)
        if isinstance(type_, Choices):
            return _choices(type_.options, value)
        if isinstance(type_, LongText):
            return _do(f"with {value}") + (_PARAGRAPHS if alone else _BROKEN) + _END
        return _do(value)

    def _value(self, slot: Slot) -> str:
        """The expression of a blank's value."""
        type_ = self._form.blanks[slot.name].type
        if isinstance(type_, Year):
            return f"add $year {type_.offset}" if type_.offset else "$year"
        first, *rest = slot.name.split("/")
        if first in self._form.lists:
            return f"(index $item {' '.join(map(_go, rest))})"
        return f"(index $part {' '.join(map(_go, (first, *rest)))})"


def _choice(options: Sequence[str], value: str) -> str:
    """A branch for each answer: all of them literal."""
    pieces = [_do(f"$v := {value}")]
    for number, option in enumerate((*options, NOT_APPLICABLE_WORD)):
        word = "else if" if number else "if"
        pieces += _do(f"{word} eq $v {_go(option)}"), _boxes(options, option)
    return "".join((*pieces, _ELSE, _boxes(options, ""), _END))


def _boxes(options: Sequence[str], ticked: str) -> str:
    boxes = [f"{option}{TICKED if option == ticked else UNTICKED}" for option in options]
    if ticked == NOT_APPLICABLE_WORD:
        boxes.append(ticked)
    return _ticks(ticked or "未填", map(_text, boxes))


def _choices(options: Sequence[str], value: str) -> str:
    boxes = [
        _text(each) + _do(f"if in $v {_go(each)}") + TICKED + _ELSE + UNTICKED + _END
        for each in options
    ]
    label = _do("with $v") + _do(".") + _ELSE + "未填" + _END
    return _do(f"$v := {value}") + _ticks(label, boxes)


def _ticks(label: str, boxes: Iterable[str]) -> str:
    spans = " ".join(f'<span class="gk-tick">{box}</span>' for box in boxes)
    return f'<span class="gk-ticks" role="img" aria-label="{label}">{spans}</span>'


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[list[Line], Table | Prose | None]]:
    """Each table or text with the lines right above it; lines at the end have neither."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
        else:
            yield lines, block
            lines = []
    if lines:
        yield lines, None


def _text(words: str) -> str:
    """Words of a form as they stand in a template."""
    return escape(words).replace("{{", '{{ "{{" }}')


def _go(words: str) -> str:
    """A string of Go's."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _items(name: str) -> str:
    """The variable of a list; Chinese letters may stand in one."""
    return f"$rows_{name}"
