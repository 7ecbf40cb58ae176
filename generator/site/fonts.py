"""The fonts of this computer, without which there are no PDF files."""

from generator.site.keys import digest

NO_FONTS = "none"
"""What a manifest says when there was no Chinese font."""
MESSAGE = (
    "这台电脑上没有中文字体，没有制作附件的 PDF 文件，网页上也不列。需要的，请安装后再生成"
    "（Debian、Ubuntu：apt-get install fonts-noto-cjk）；"
    "不需要的，在 mkdocs.yml 的 downloads 里去掉 pdf"
)


def fonts_here() -> str:
    """Names them; "" when there is no Chinese one."""
    # It brings Typst, which only this needs.
    from generator.documents.formats.pdf import chosen_fonts

    chosen = chosen_fonts()
    return digest(chosen) if chosen else ""


def has_fonts() -> bool:
    """Whether there is a Chinese font by now."""
    return bool(fonts_here())
