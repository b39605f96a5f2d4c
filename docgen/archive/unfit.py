"""Why a file can't be taken into a pile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docgen.model.problems import Words

GONE = Words(
    "{file}: can't be read: {reason}; check the name and who may read it",
    "{file}：无法读取：{reason}；请检查文件名和读取权限",
)
EMPTY = Words("{file}: is empty; scan it again", "{file}：文件是空的；请重新扫描")
NO_SCAN = Words(
    "{file}: is neither PDF, TIFF, JPG nor PNG by its content; save or scan it as one of these",
    "{file}：按内容不是 PDF、TIFF、JPG 或 PNG；请另存或重新扫描为其中一种格式",
)
TOO_LARGE = Words(
    "{file}: has more than {limit}; split it, or scan it again in smaller parts (200 or 300 dpi)",
    "{file}：超过{limit}；请拆分，或分成几部分重新扫描（200 或 300 dpi）",
)
BYTES = Words("{count} MB", "{count} MB")
PAGES = Words("{count} pages", "{count} 页")
PIXELS = Words("{count} million pixels on a page", "每页 {count} 百万像素")
DAMAGED = Words(
    "{file}: is damaged, perhaps cut off on the way; scan it again, or copy it anew from where it came",
    "{file}：文件已损坏，可能传输不完整；请重新扫描，或从来源处重新复制",
)
ENCRYPTED = Words(
    "{file}: is protected by a password or by permissions, so it can't be taken apart; save it without protection, "
    "then add that",
    "{file}：设有密码或权限保护，无法拆分；请另存为不受保护的文件，再归档该文件",
)
PORTFOLIO = Words(
    "{file}: holds other files (a portfolio, or attachments), which would be lost; save each of them by itself, then "
    "add those",
    "{file}：其中含有其他文件（文件包或附件），拆分时会丢失；请逐个另存后再归档",
)
DYNAMIC = Words(
    "{file}: is a dynamic form (XFA), whose pages only some programs show; print it, and scan the paper",
    "{file}：是动态表单（XFA），只有个别程序能显示其页面；请打印后扫描纸件",
)
NO_PAGES = Words("{file}: has no page; scan it again", "{file}：没有任何页；请重新扫描")
PAGES_DIFFER = Words(
    "{file}: has {one} pages to one reader and {other} to another: a page may be lost in it; scan it again, or save it "
    "anew with another program and count the pages",
    "{file}：两种读取方式得到的页数不同（{one} 页和 {other} 页），可能有页丢失；请重新扫描，或用其他程序另存并核对页数",
)
ODD_PICTURE = Words(
    "{file}: this kind of picture can't be kept without loss ({reason}); save it as JPG or PDF, or scan it again",
    "{file}：无法无损保存这种图像（{reason}）；请另存为 JPG 或 PDF，或重新扫描",
)


class Unfit(Exception):
    """A file is refused; the words name it as ``{file}``."""

    def __init__(self, words: Words, **names: object) -> None:
        super().__init__(words.en)
        self.words, self.names = words, names


@contextmanager
def damage_told() -> Iterator[None]:
    """Damage makes the readers of files raise errors of every kind; all of them say so.

    Raises:
        Unfit: the file is damaged, or whatever else was found.
    """
    try:
        yield
    except (Unfit, MemoryError):
        raise
    except Exception as error:
        raise Unfit(DAMAGED) from error
