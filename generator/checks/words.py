"""Words that no published text should have: placeholders, slips, grave misstatements.

They stand in `data/checks/用词.yaml`; an office adds its own in `本地用词.yaml` beside it. Each is
wrong everywhere or in some contexts only, which are literal words before, behind or around it. All
are looked for in one pass (Aho-Corasick); contexts are looked at only where a word is found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import groupby, product
from pathlib import Path
from typing import Literal, cast

from ahocorasick_rs import AhoCorasick

from generator.errors import DataError, Problem
from generator.yaml import Node, Where, YamlFile

FILE = "用词.yaml"
LOCAL_FILE = "本地用词.yaml"

Kind = Literal["占位文字", "错别字", "严重表述"]

_WIDE = {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)}
_WIDE |= {"\u3000": " ", "\u00a0": " ", "\t": " "}
"""One character for one character, so that offsets stay."""
_ANY_WIDE = re.compile(f"[{''.join(map(re.escape, _WIDE))}]")
_MAX_BLANKS = 60
_BLANK = "{空}"
_CONTEXT = 16
"""Characters before and behind a word that its contexts are compared with."""
_MAX_CONTEXTS = 4000
_NAMED: Mapping[str, tuple[str, ...]] = {
    "数": tuple("0123456789"),
    "字母": tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
    "行首": ("\n",),
    "行尾": ("\n",),
}
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the lists, where it stands in a text."""

    kind: Kind
    start: int
    end: int
    written: str
    """As in the text, full-width letters and all."""
    right: str
    """What it should be; "" when there is no one answer."""
    note: str
    """A short hint for people; "" for none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of a list, and the contexts in which it is wrong. Everything is folded."""

    kind: Kind
    word: str
    """As it is looked for; {空} stands for blanks."""
    right: str
    note: str
    before: tuple[str, ...] = ()
    """The word counts only behind one of these; () for anywhere. "\\n" is the start of a line."""
    not_before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    """Longer words that have the word in them and are fine."""

    @property
    def needle(self) -> str:
        """What is looked for first: the word as far as it is always the same."""
        head, blank, _ = self.word.partition(_BLANK)
        return f"{head} " if blank else head

    @property
    def has_blanks(self) -> bool:
        """Whether there is more to it than the needle."""
        return _BLANK in self.word

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether the word at that place of a folded text is wrong in its context."""
        if self.before or self.not_before:
            # the start of a text is the start of a line, too
            head = text[start - _CONTEXT : start] if start >= _CONTEXT else "\n" + text[:start]
            head = head.rstrip(" ")
            if head.endswith(self.not_before) or (self.before and not head.endswith(self.before)):
                return False
        if self.after or self.not_after:
            tail = text[end : end + _CONTEXT] if end + _CONTEXT <= len(text) else text[end:] + "\n"
            tail = tail.lstrip(" ")
            if tail.startswith(self.not_after) or (self.after and not tail.startswith(self.after)):
                return False
        return not any(_lies_in(longer, self.word, text, start) for longer in self.within)


def _lies_in(longer: str, word: str, text: str, start: int) -> bool:
    """Whether the word at `start` is a part of the longer one."""
    at = longer.find(word)
    while at >= 0:
        if start >= at and text.startswith(longer, start - at):
            return True
        at = longer.find(word, at + 1)
    return False


class Words:
    """All the lists together. It can be sent to worker processes, where it is compiled again."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)

    def __reduce__(self) -> tuple[type["Words"], tuple[tuple[Entry, ...]]]:
        return Words, (self.entries,)

    def find(self, text: str) -> Sequence[Hit]:
        """Every word of the lists in the text, in order; none overlaps another.

        Of two that overlap, the grave one counts, then the first, then the longest. Placeholders
        that touch each other, such as XX年XX月, are one.
        """
        return self._finder.find(text) if self.entries and text else ()

    @cached_property
    def _finder(self) -> "_Finder":
        return _Finder(self.entries)


class _Finder:
    """The compiled lists."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        by_needle: dict[str, list[tuple[int, Entry, re.Pattern[str] | None]]] = {}
        for number, entry in enumerate(entries):
            by_needle.setdefault(entry.needle, []).append((number, entry, _rest(entry)))
        self.candidates = tuple(tuple(each) for each in by_needle.values())
        self.automaton = AhoCorasick(list(by_needle))

    def find(self, text: str) -> tuple[Hit, ...]:
        folded = _fold(text)
        found = []
        for which, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            for number, entry, rest in self.candidates[which]:
                stop = end
                if rest is not None:
                    more = rest.match(folded, end)
                    if not more:
                        continue
                    stop = more.end()
                if entry.fits(folded, start, stop):
                    found.append((start, stop, number, entry))
        if not found:
            return ()
        return tuple(
            Hit(entry.kind, start, end, text[start:end], entry.right, entry.note)
            for start, end, entry in _without_overlaps(found, len(text))
        )


def _rest(entry: Entry) -> re.Pattern[str] | None:
    if not entry.has_blanks:
        return None
    first, *others = map(re.escape, entry.word.split(_BLANK)[1:])
    # the first blank is the end of the needle
    more = [f" {{0,{_MAX_BLANKS}}}{first}", *(f" {{1,{_MAX_BLANKS}}}{each}" for each in others)]
    return re.compile("".join(more))


def _without_overlaps(
    found: Iterable[tuple[int, int, int, Entry]], size: int
) -> list[tuple[int, int, Entry]]:
    joined: list[tuple[int, int, int, Entry]] = []
    rest = []
    for start, end, number, entry in sorted(found, key=_first_and_longest):
        if entry.kind != "占位文字":
            rest.append((start, end, number, entry))
        elif joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), *joined[-1][2:])
        else:
            joined.append((start, end, number, entry))
    taken = bytearray(size)
    chosen = []
    for start, end, _, entry in sorted(
        joined + rest, key=lambda each: (each[3].kind != "严重表述", *_first_and_longest(each))
    ):
        if not any(taken[start:end]):
            taken[start:end] = bytes([1]) * (end - start)
            chosen.append((start, end, entry))
    return sorted(chosen, key=lambda each: each[0])


def _first_and_longest(found: tuple[int, int, int, Entry]) -> tuple[int, int, int]:
    start, end, number, _ = found
    return start, -end, number


# Reading the files.


def read_words(folder: Path) -> Words:
    """The lists of `folder` (data/checks). Raises DataError with all that is wrong in them."""
    problems: list[Problem] = []
    entries: list[Entry] = []
    groups: dict[str, tuple[str, ...]] = dict(_NAMED)
    for name in (FILE, LOCAL_FILE):
        path = folder / name
        if not path.exists():
            continue
        reader = _Reader(YamlFile.read(path), groups, entries if name == LOCAL_FILE else None)
        own = reader.read()
        words = {(entry.kind, entry.word) for entry in own}
        entries = [
            entry
            for entry in entries
            if (entry.kind, entry.word) not in words and entry.word not in reader.not_wrong
        ] + own
        problems += reader.problems
    if problems:
        raise DataError(problems)
    return Words(entries)


_CONTEXTS = ("前面有", "前面没有", "后面有", "后面没有")
_SHARED = (*_CONTEXTS, "含于", "提示")
_KEYS: Mapping[Kind, tuple[str, ...]] = {
    "占位文字": ("文字", *_SHARED),
    "错别字": ("错", "正", "错字", "正字", "词", *_SHARED),
    "严重表述": ("错", "正", *_SHARED),
}


class _Reader:
    """Reads a file strictly: what is written wrongly would silently find nothing, or too much."""

    def __init__(
        self,
        file: YamlFile,
        groups: dict[str, tuple[str, ...]],
        general: Sequence[Entry] | None,
    ) -> None:
        self.file = file
        self.groups = groups
        """Name -> words; those of the file are added."""
        self.general = general
        """For the local file: the entries that it adds to."""
        self.problems: list[Problem] = []
        self.not_wrong: frozenset[str] = frozenset()

    def read(self) -> list[Entry]:
        keys = ("词组", *_KEYS, *(("不算错",) if self.general is not None else ()))
        root = self.file.root
        if root == "":
            return []
        if not isinstance(root, dict):
            self._tell((), f"应写成“键: 值”，可用的键有：{'、'.join(keys)}")
            return []
        self.problems += self.file.unknown_keys((), root, keys)
        self._read_groups(root.get("词组", ""))
        entries: list[Entry] = []
        seen: set[tuple[str, ...]] = set()
        for kind in _KEYS:
            for where, entry in self._entries(kind, root.get(kind, "")):
                key = (entry.word, *entry.before, "\0", *entry.after)
                if key in seen:
                    self._tell(where, f"“{_shown(entry.word)}”已经有了，请删去一处")
                seen.add(key)
                entries.append(entry)
        self._read_not_wrong(root.get("不算错", ""))
        return entries

    def _read_groups(self, node: Node) -> None:
        if node == "":
            return
        if not isinstance(node, dict):
            self._tell(("词组",), "应写成“名称: [词, 词]”")
            return
        for name, words in node.items():
            where = ("词组", name)
            if name in _NAMED or name == "空":
                self._tell(where, f"“{{{name}}}”另有意思，请换一个名称")
            else:
                self.groups[name] = self._words(where, words)

    def _read_not_wrong(self, node: Node) -> None:
        general = self.general or ()
        grave = {entry.word for entry in general if entry.kind == "严重表述"}
        known = {entry.word for entry in general if entry.kind != "严重表述"}
        words = self._words(("不算错",), node)
        for number, word in enumerate(words):
            if word in known:
                continue
            message = f"{FILE} 里没有“{word}”"
            if word in grave:
                message = f"“{word}”是严重表述，不能不算错"
            elif near := get_close_matches(word, known, 1, 0.5):
                message += f"，是不是“{near[0]}”？"
            self._tell(("不算错", number), message)
        self.not_wrong = frozenset(words)

    def _entries(self, kind: Kind, node: Node) -> Iterator[tuple[Where, Entry]]:
        if node == "":
            return
        if not isinstance(node, list):
            self._tell((kind,), "应是一列词，每行以“- ”开头")
            return
        for number, item in enumerate(node):
            where: Where = (kind, number)
            if isinstance(item, str | list) and kind == "占位文字":
                item = {"文字": item}
            if not isinstance(item, dict):
                example = "文字: XX" if kind == "占位文字" else "错: 布署, 正: 部署"
                self._tell(where, f"应写成“{{{example}}}”")
                continue
            self.problems += self.file.unknown_keys(where, item, _KEYS[kind])
            for entry in self._meant(kind, where, item):
                if self._is_sound(where, entry):
                    yield where, entry

    def _meant(self, kind: Kind, where: Where, item: Mapping[str, Node]) -> Iterator[Entry]:
        """The entry of an item, or one for each word with the same wrong character."""
        pairs: list[tuple[str, str]] = []
        if "错字" in item or "词" in item:
            wrong, right = self._text(where, item, "错字"), self._text(where, item, "正字")
            if len(wrong) != 1 or len(right) != 1:
                self._tell(
                    where, "“错字”和“正字”应各是一个字，例如：{错字: 帐, 正字: 账, 词: [帐户]}"
                )
                return
            for number, word in enumerate(self._words((*where, "词"), item.get("词", ""))):
                if wrong not in word:
                    self._tell((*where, "词", number), f"“{word}”里没有“{wrong}”")
                pairs.append((word, word.replace(wrong, right)))
            if not pairs:
                self._tell(where, "缺少“词”，例如：词: [帐户, 帐目]")
            if extra := {"错", "正"} & set(item):
                self._tell((*where, min(extra)), "“错、正”和“错字、正字、词”只能用一种")
        else:
            key = "文字" if kind == "占位文字" else "错"
            node = item.get(key, "")
            is_list = isinstance(node, list) and kind == "占位文字"
            words = self._words(where, node) if is_list else (self._text(where, item, key),)
            if not all(words) or not words:
                self._tell((*where, key) if key in item else where, f"缺少“{key}”，请写上")
                return
            pairs += ((word, self._text(where, item, "正")) for word in words)
        note = self._text(where, item, "提示")
        before, not_before, after, not_after = (
            self._contexts((*where, key), item.get(key, "")) for key in _CONTEXTS
        )
        within = tuple(map(_fold, self._words((*where, "含于"), item.get("含于", ""))))
        for word, right in pairs:
            yield Entry(
                kind, _fold(word), right, note, before, not_before, after, not_after,
                tuple(each for each in within if len(pairs) == 1 or _fold(word) in each),
            )  # fmt: skip

    def _is_sound(self, where: Where, entry: Entry) -> bool:
        """Tell what is wrong with an entry; whether it can be compiled."""
        word = _shown(entry.word)
        bare = entry.word.replace(_BLANK, "")
        if unknown := _BRACES.search(bare):
            self._tell(where, f"“{word}”里不认识“{unknown[0]}”，词里只能用 {{空}}")
            return False
        if not entry.needle or entry.word.endswith(_BLANK) or bare != bare.strip():
            self._tell(where, f"“{word}”的前后不能是空格或 {{空}}")
            return False
        everywhere = not (entry.before or entry.not_before or entry.after or entry.not_after)
        if len(bare) == 1 and everywhere and not entry.within:
            self._tell(where, f"只有一个字的“{word}”，要写明它前后的字，或写成两个字以上的词")
        if entry.kind == "错别字" and not entry.right and not entry.note:
            self._tell(where, f"“{word}”缺少“正”；没有唯一改法的，请写“提示”")
        for longer in entry.within:
            if entry.has_blanks or entry.word not in longer:
                self._tell((*where, "含于"), f"“含于”的“{longer}”里没有“{word}”")
        if entry.right and _Finder([replace(entry, within=())]).find(entry.right):
            self._tell(where, f"“正”的“{entry.right}”里还有“{word}”，改了还会报；请写明前后的字")
        return True

    def _contexts(self, where: Where, node: Node) -> tuple[str, ...]:
        """Contexts with each {name} put in the words that it stands for."""
        found: list[str] = []
        for word in self._words(where, node):
            pieces = _BRACES.split(word)
            choices: list[tuple[str, ...]] = []
            for place, piece in enumerate(pieces):
                if place % 2 == 0:
                    choices.append((_fold(piece),))
                elif piece in self.groups:
                    choices.append(tuple(map(_fold, self.groups[piece])))
                else:
                    known = "、".join(f"{{{name}}}" for name in self.groups)
                    self._tell(where, f"不认识“{{{piece}}}”，可以写：{known}")
            found += map("".join, product(*choices))
            if any(len(each) > _CONTEXT for each in found[-1:]) or len(found) > _MAX_CONTEXTS:
                self._tell(where, f"“{word}”太长，或写法太多")
                return ()
        return tuple(dict.fromkeys(found))

    def _words(self, where: Where, node: Node) -> tuple[str, ...]:
        if node == "":
            return ()
        if not isinstance(node, list) or not all(isinstance(word, str) for word in node):
            self._tell(where, "应是一列词，例如：[账户, 账目]")
            return ()
        words = []
        for number, word in enumerate(cast(list[str], node)):
            if not word:
                self._tell((*where, number), "这里是空的，请写上词，或删去")
            elif word.strip() != word:
                self._tell((*where, number), "词的前后不要有空格")
            else:
                words.append(word)
        for word, same in groupby(sorted(words)):
            if len(list(same)) > 1:
                self._tell(where, f"“{word}”写了两次，请删去一个")
        return tuple(words)

    def _text(self, where: Where, item: Mapping[str, Node], key: str) -> str:
        node = item.get(key, "")
        if isinstance(node, str):
            return node
        self._tell((*where, key), f"“{key}”应是一个词")
        return ""

    def _tell(self, where: Where, message: str) -> None:
        self.problems.append(self.file.problem(where, message))


def _fold(text: str) -> str:
    if not _ANY_WIDE.search(text):
        return text
    # for Chinese texts several times faster than str.translate
    for wide, sign in _WIDE.items():
        if wide in text:
            text = text.replace(wide, sign)
    return text


def _shown(word: str) -> str:
    return word.replace("\n", "⏎")
