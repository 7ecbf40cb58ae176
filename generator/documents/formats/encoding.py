"""From bytes to text, the way browsers and editors guess it."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, declared: str | None = None) -> str | None:
    """The text of a file, its line ends made line feeds; None if the file is not text.

    A byte order mark decides, then what the file declares, then whether it is UTF-8; what remains
    is what Chinese Windows writes. Nothing is replaced: a wrong character would go unnoticed.
    """
    names = [name for mark, name in _MARKS if data.startswith(mark)]
    if not names:
        names = [*([declared] if declared else []), "utf-8", "gb18030"]
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")
    return None
