"""The text of one paragraph as people see it, gathered from its runs."""

from dataclasses import dataclass, field

from generator.documents.formats.word.parts import (
    NAMESPACES,
    Element,
    is_on,
    local_name,
    number,
    value,
)
from generator.documents.formats.word.styles import Styles
from generator.documents.formats.word.symbols import is_symbol_font, overlaid, show_symbols

TICKED, NOT_TICKED = "☑", "□"

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNSEEN = {"del", "moveFrom", "pPr", "sdtPr", "sdtEndPr", "rPr"}
_PAGE = "\f"
"""Where a page or column ends within a paragraph; XML cannot hold this sign otherwise."""
_EMPTY_FORM_FIELD = "\u2002"
"""Word shows an empty text field of a form as five of these."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a paragraph holds."""

    text: str
    """With line feeds where lines are broken by hand."""
    boxes: tuple[Element, ...]
    """The contents of its text boxes."""
    notes: tuple[tuple[str, str], ...]
    """Its notes: footnote or endnote, and the id."""
    pictures: int


def read_paragraph(paragraph: Element, styles: Styles) -> Seen:
    """Gather a paragraph."""
    gathering = _Gathering(styles)
    gathering.walk(paragraph)
    text = "".join(gathering.pieces).strip(_PAGE).replace(_PAGE, "\n")
    return Seen(text, tuple(gathering.boxes), tuple(gathering.notes), gathering.pictures)


def chosen(alternatives: Element) -> tuple[Element, ...]:
    """One of the forms of the same thing that mc:AlternateContent offers; else it counts twice."""
    for name in ("Choice", "Fallback"):
        for alternative in alternatives:
            if local_name(alternative) == name:
                return (alternative,)
    return ()


def settle_controls(root: Element) -> None:
    """Make content controls hold what they say: a box for a check box, nothing for a placeholder.

    They stand around runs, paragraphs, cells and rows. What reads those need not know of them then.
    """
    for control in root.iter("{*}sdt"):
        runs = list(control.iterfind("w:sdtContent//w:r", NAMESPACES))
        box = control.find("w:sdtPr/{*}checkbox", NAMESPACES)
        if box is None and not is_on(control.find("w:sdtPr/w:showingPlcHdr", NAMESPACES)):
            continue
        for run in runs:
            for child in list(run):
                run.remove(child)
        if box is not None and runs:
            text = runs[0].makeelement(f"{{{NAMESPACES['w']}}}t")
            text.text = TICKED if _is_checked(box) else NOT_TICKED
            runs[0].append(text)


def _is_checked(box: Element) -> bool:
    checked = box.find("{*}checked")
    return checked is not None and any(state in {"1", "true", "on"} for state in checked.values())


@dataclass(slots=True)
class _Field:
    """A field that has begun: first its code, which nobody sees, then what it shows."""

    start: int
    """How many pieces of text there were before it."""
    shown: str
    """What it shows if it holds no text of its own."""
    is_text: bool
    in_code: bool = True
    code: str = ""


@dataclass(slots=True)
class _Gathering:
    styles: Styles
    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    fields: list[_Field] = field(default_factory=list)

    def walk(self, element: Element) -> None:
        """Everything within a paragraph or what stands around runs, such as a link."""
        for child in chosen(element) if local_name(element) == "AlternateContent" else element:
            name = local_name(child)
            if name in _UNSEEN or not name:
                continue
            if name == "r":
                self.run(child)
            elif name == "fldSimple":
                start = len(self.pieces)
                self.walk(child)
                if not "".join(self.pieces[start:]):
                    self.add(overlaid(value(child, "instr") or ""))
            elif name in {"oMath", "oMathPara"}:
                self.add("".join(text.text or "" for text in child.iter("{*}t")))
            else:
                self.walk(child)

    def run(self, run: Element) -> None:
        properties = run.find("w:rPr", NAMESPACES)
        hidden = self.styles.is_hidden(properties)
        fonts = self.styles.of_run(properties, "rFonts")
        named = [value(fonts, name) or "" for name in ("ascii", "hAnsi", "eastAsia", "cs")]
        symbols = next((font for font in named if is_symbol_font(font)), None)
        for child in run:
            if local_name(child) == "fldChar":
                self.field(child)  # also hidden ones, or their ends would be missed
            elif not hidden:
                self.piece(child, symbols)

    def piece(self, element: Element, symbols: str | None) -> None:
        name = local_name(element)
        if name == "t":
            text = element.text or ""
            if element.get(_SPACE) != "preserve":
                text = text.strip(" \t\r\n")
            text = text.replace("\n", " ")  # how Word shows a line feed of the XML
            self.add(show_symbols(text, symbols) if symbols else text)
        elif name == "instrText":
            self.add_code(element.text or "")
        elif name == "sym":
            self.symbol(element)
        elif name in {"tab", "ptab"}:
            self.add("\t")
        elif name == "br":
            self.add(_PAGE if value(element, "type") in {"page", "column"} else "\n")
        elif name == "cr":
            self.add("\n")
        elif name == "noBreakHyphen":
            self.add("-")
        elif name in {"footnoteReference", "endnoteReference"}:
            self.notes.append((name.removesuffix("Reference"), value(element, "id") or ""))
        elif name == "ruby":
            for base in element.iterfind("w:rubyBase", NAMESPACES):
                self.walk(base)
        elif name == "AlternateContent":
            for alternative in chosen(element):
                for child in alternative:
                    self.piece(child, symbols)
        elif name in {"drawing", "pict", "object"}:
            self.drawing(element)

    def symbol(self, element: Element) -> None:
        try:
            character = chr(int(value(element, "char") or "", 16))
        except (ValueError, OverflowError):
            return
        font = value(element, "font") or ""
        self.add(show_symbols(character, font) if is_symbol_font(font) else character)

    def drawing(self, element: Element) -> None:
        name = local_name(element)
        if name == "txbxContent":
            self.boxes.append(element)
            return
        if name in {"pic", "imagedata", "OLEObject"}:
            self.pictures += 1
        for child in chosen(element) if name == "AlternateContent" else element:
            self.drawing(child)

    def field(self, element: Element) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            form = element.find("w:ffData", NAMESPACES)
            is_text = form is not None and form.find("w:textInput", NAMESPACES) is not None
            self.fields.append(_Field(len(self.pieces), _form_field(form), is_text))
        elif kind == "separate" and self.fields:
            self.fields[-1].in_code = False
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            result = "".join(self.pieces[ended.start :])
            if ended.is_text and not result.strip(_EMPTY_FORM_FIELD):
                del self.pieces[ended.start :]
            elif not result:
                self.add(ended.shown or overlaid(ended.code))

    def add(self, text: str) -> None:
        """Text that is seen, unless a field is still at its code: ticks stand in there, too."""
        for unseen in reversed(self.fields):
            if unseen.in_code:
                unseen.code += text
                return
        self.pieces.append(text)

    def add_code(self, text: str) -> None:
        if self.fields:
            self.fields[-1].code += text


def _form_field(form: Element | None) -> str:
    """What a check box or a choice of an old form shows; Word keeps no text for them."""
    if form is None:
        return ""
    box = form.find("w:checkBox", NAMESPACES)
    if box is not None:
        state = box.find("w:checked", NAMESPACES)
        if state is None:
            state = box.find("w:default", NAMESPACES)
        return TICKED if is_on(state) else NOT_TICKED
    choice = form.find("w:ddList", NAMESPACES)
    if choice is not None:
        entries = [value(entry) or "" for entry in choice.iterfind("w:listEntry", NAMESPACES)]
        picked = number(choice.find("w:default", NAMESPACES), 0)
        picked = number(choice.find("w:result", NAMESPACES), picked)
        return entries[picked] if 0 <= picked < len(entries) else ""
    return ""
