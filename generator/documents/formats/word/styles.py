"""What paragraphs and runs are given by the styles that they name."""

from collections.abc import Iterator

from generator.documents.formats.word.parts import NAMESPACES, Element, is_on, value


class Styles:
    """The styles of a file, looked up by id."""

    def __init__(self, root: Element) -> None:
        self._by_id: dict[str, Element] = {}
        self._default: str | None = None
        self._defaults = root.find("w:docDefaults", NAMESPACES)
        for style in root.iterfind("w:style", NAMESPACES):
            name = value(style, "styleId") or ""
            self._by_id[name] = style
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}:
                self._default = name

    def of_paragraph(self, paragraph: Element, name: str) -> Element | None:
        """A paragraph's own property, or else that of its styles."""
        own = paragraph.find(f"w:pPr/w:{name}", NAMESPACES)
        if own is not None:
            return own
        for _, style in self.chain(paragraph):
            given = style.find(f"w:pPr/w:{name}", NAMESPACES)
            if given is not None:
                return given
        if self._defaults is None:
            return None
        return self._defaults.find(f"w:pPrDefault/w:pPr/w:{name}", NAMESPACES)

    def of_run(self, properties: Element | None, name: str) -> Element | None:
        """A run's own property, or else that of its character style."""
        if properties is None:
            return None
        own = properties.find(f"w:{name}", NAMESPACES)
        if own is not None:
            return own
        for _, style in self._climb(value(properties.find("w:rStyle", NAMESPACES))):
            given = style.find(f"w:rPr/w:{name}", NAMESPACES)
            if given is not None:
                return given
        return None

    def is_hidden(self, properties: Element | None) -> bool:
        """Whether a run is not to be seen."""
        return is_on(self.of_run(properties, "vanish"))

    def chain(self, paragraph: Element) -> Iterator[tuple[str, Element]]:
        """The ids and definitions of a paragraph's style and those that it is based on."""
        named = value(paragraph.find("w:pPr/w:pStyle", NAMESPACES))
        return self._climb(named if named in self._by_id else self._default)

    def numbering_of(self, name: str | None) -> Element | None:
        """The numbering that a style carries: lists may be defined by way of a style."""
        style = self._by_id.get(name or "")
        return None if style is None else style.find("w:pPr/w:numPr", NAMESPACES)

    def _climb(self, name: str | None) -> Iterator[tuple[str, Element]]:
        seen: set[str] = set()
        while name is not None and name in self._by_id and name not in seen:
            seen.add(name)
            style = self._by_id[name]
            yield name, style
            name = value(style.find("w:basedOn", NAMESPACES))
