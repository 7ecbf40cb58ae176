"""Where a site stands in a store of objects: `s3://bucket/prefix`."""

import re
from dataclasses import dataclass
from typing import Self

SCHEME = "s3://"

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"(?:[A-Za-z0-9._-]+/)*")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A part of a bucket that is ours."""

    name: str
    prefix: str
    """Before the name of each object; empty, or ends in "/"."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """`s3://bucket`, `s3://bucket/some/prefix`.

        Raises ValueError for anything else; says in Chinese what is wrong.
        """
        name, _, prefix = text.removeprefix(SCHEME).partition("/")
        if prefix and not prefix.endswith("/"):
            prefix += "/"
        if not text.startswith(SCHEME) or not _NAME.fullmatch(name):
            raise ValueError(
                "应写成 s3://桶/前缀，桶的名称用小写字母、数字、点和连字符，如 s3://gongkai/site"
            )
        if not _PREFIX.fullmatch(prefix) or {".", ".."} & set(prefix.split("/")):
            raise ValueError("的前缀只能用字母、数字、点、横线和下划线，如 s3://gongkai/site")
        return cls(name, prefix)

    def __str__(self) -> str:
        return f"{SCHEME}{self.name}/{self.prefix}".removesuffix("/")
