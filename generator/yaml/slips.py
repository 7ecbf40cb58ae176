"""What a Chinese keyboard types where YAML wants another sign, and what to say of it."""

import re

# A key written with a full-width colon, or with nothing after a half-width one.
WRONG_COLON = re.compile(r"^[ \t]*(?:- +)*([^\s:：#'\"|>\[{][^:：]{0,40}?)(：|:(?=[^ \t/]))")

# A key in brackets with what follows its colon.
COLON_IN_KEY = re.compile(r"([^:：]+?) *([:：])")

# Signs as a Chinese keyboard types them, and what they should have been.
_QUOTES_MESSAGE = "这是中文引号，请改为半角的直引号"
WIDE_SIGNS = {
    "：": "冒号是全角的，请改为半角冒号加一个空格“: ”",
    "，": "逗号是全角的，请改为半角逗号“,”",
    "；": "这里是分号，请改为半角逗号“,”",
    "、": "这里是顿号，请改为半角逗号“,”",
    "“": _QUOTES_MESSAGE,
    "‘": _QUOTES_MESSAGE,
    "｛": "花括号是全角的，请改为半角的“{”和“}”",
    "｝": "花括号是全角的，请改为半角的“{”和“}”",
    "［": "方括号是全角的，请改为半角的“[”和“]”",
    "【": "方括号是全角的，请改为半角的“[”和“]”",
    "／": "斜杠是全角的，请改为半角的“/”",
}


def colon_message(colon: str) -> str:
    """Of a colon that is none to YAML."""
    if colon == "：":
        return WIDE_SIGNS[colon]
    return "冒号后面要有一个空格，写成“: ”"
