"""Why a page of a pile waits for a person, and what that person does next: a sentence for each kind."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from docgen.archive.cures import (
    AGAIN,
    COMPARE,
    DISMISS,
    FILE,
    FILE_IN,
    FILE_SO,
    FILE_THERE,
    FILE_WHOLE,
    LOOK,
    SO_OR_NOT,
)
from docgen.model.problems import Words

LOST = "…"
"""In the place of a detail that isn't on record."""


@dataclass(frozen=True, slots=True)
class Reason:
    """``words``: what was found, with the details of a page in braces; ``cure``: what to do next; ``commands``: what is
    typed to do so, the last one where nothing comes of the page."""

    words: Words
    cure: Words
    commands: tuple[Words, ...]


REASONS: Mapping[str, Reason] = {
    # what the codes of a page say (sorting.py)
    "no_code": Reason(
        Words("No page code of docgen was found on it.", "未找到 docgen 的页面二维码。"), LOOK, (FILE, DISMISS)
    ),
    "foreign_code": Reason(
        Words("It has a QR code, but none of docgen's.", "页上有二维码，但不是 docgen 的页面二维码。"),
        LOOK,
        (FILE, DISMISS),
    ),
    "damaged_code": Reason(
        Words(
            "Its page code is damaged, or was made by a newer docgen: it can't be understood.",
            "页面二维码已损坏，或由更新版本的 docgen 生成，无法识别。",
        ),
        LOOK,
        (FILE, DISMISS),
    ),
    "two_papers": Reason(
        Words("It bears the codes of more than one page: {codes}.", "页上有不止一页的页面二维码：{codes}。"),
        Words("Scan each page by itself, and dismiss this one.", "请逐页重新扫描，并剔除此页。"),
        (DISMISS,),
    ),
    "foreign_beside": Reason(
        Words(
            "It says that it is page {page} of {pages} of {number}, revision {revision}, but another QR code is on it "
            "too.",
            "页面二维码显示为 {number} 第{revision}版第{page}页（共{pages}页），但页上还有其他二维码。",
        ),
        SO_OR_NOT,
        (FILE_SO, DISMISS),
    ),
    "word_print": Reason(
        Words(
            "It was printed from the Word file of {number}, revision {revision}: pages and text can't be vouched for.",
            "由 {number} 第{revision}版的 Word 文件打印，页数和内容无法保证与签发的一致。",
        ),
        COMPARE,
        (FILE_THERE, DISMISS),
    ),
    "unknown_paper": Reason(
        Words(
            "Its code ({number}) names no paper that is on record in this folder, or two of them.",
            "此文件夹中没有登记页面二维码（{number}）所指的文件，或有两份与之相符。",
        ),
        Words(
            "Find out which office issued it, and take the scan in there (docgen archive add with -o); dismiss it "
            "here.",
            "请查明由哪个部门签发，并在其文件夹中归档（docgen archive add 加 -o）；此处予以剔除。",
        ),
        (DISMISS,),
    ),
    "unknown_revision": Reason(
        Words(
            "Its code names revision {revision} of {number}, which was never issued; the latest is {latest}.",
            "页面二维码显示为 {number} 第{revision}版，但该版从未签发，最新为第{latest}版。",
        ),
        Words(
            "If the record is an old backup, put the right one back (docgen archive verify tells). Else the "
            "paper is none of docgen's: dismiss it.",
            "如台账是旧备份，请恢复正确的台账（可用 docgen archive verify 核对）；否则该页并非 docgen 签发，予以剔除。",
        ),
        (DISMISS,),
    ),
    "wrong_check": Reason(
        Words(
            "It says that it is page {page} of {number}, revision {revision}, but its check is not that of the text "
            "that was issued.",
            "页面二维码显示为 {number} 第{revision}版第{page}页，但校验码与签发的内容不符。",
        ),
        COMPARE,
        (FILE_SO, DISMISS),
    ),
    "wrong_total": Reason(
        Words(
            "It says that it is page {page} of {pages} of {number}, revision {revision}, which was issued with a page "
            "count of {issued}.",
            "页面二维码显示为 {number} 第{revision}版第{page}页（共{pages}页），但该版签发时共{issued}页。",
        ),
        COMPARE,
        (FILE_SO, DISMISS),
    ),
    # how the pages of a pile lie (gathering.py)
    "mixed_copies": Reason(
        Words(
            "Several copies of {number}, revision {revision}, lie in the pile so that nobody can tell which pages "
            "belong together; this is page {page} of {pages}.",
            "同批扫描件中有 {number} 第{revision}版的多份签署件，无法确定哪些页属于同一份；此页为第{page}页（共"
            "{pages}页）。",
        ),
        Words(
            "Scan each copy by itself, one after the other, and dismiss these pages; or file them page by page, with "
            "--copy where it is asked for.",
            "请将各份分开、逐份重新扫描，并剔除这些页；或逐页归档，如有提示，加 --copy 份号。",
        ),
        (FILE_SO, DISMISS),
    ),
    "which_copy": Reason(
        Words(
            "It is page {page} of {pages} of {number}, revision {revision}; which copy it belongs to can't be told. "
            "Pages are missing in copy {copies}.",
            "此页为 {number} 第{revision}版第{page}页（共{pages}页），但无法确定属于哪一份；缺页的签署件：{copies}。",
        ),
        Words(
            "Compare it with the copies, and file it in the one to which it belongs. If it came back before, dismiss "
            "it.",
            "请与各份核对，归入其所属的一份；如此页先前已交回，予以剔除。",
        ),
        (FILE_IN, DISMISS),
    ),
    # what was found when the page was read (reading.py)
    "unreadable": Reason(
        Words("It is damaged: it can't be shown or copied.", "该页已损坏，无法显示或取出。"), AGAIN, (FILE, DISMISS)
    ),
    "too_large": Reason(
        Words("It is too large to be looked at.", "页面过大，无法查看。"),
        Words(
            "Scan it again in the size of the paper, at 200 or 300 dpi, and dismiss this one.",
            "请按纸张原尺寸以 200 或 300 dpi 重新扫描，并剔除此页。",
        ),
        (DISMISS,),
    ),
    "no_picture": Reason(
        Words(
            "There is nothing at all on it, not even a picture; some scanners write such pages for empty backs.",
            "页上没有任何内容，连图像也没有；有些扫描仪会为空白背面生成这样的页。",
        ),
        Words(
            "If it is the back of a sheet, dismiss it; if a page is lost, scan that again.",
            "如是纸张背面，予以剔除；如确有一页丢失，请重新扫描该页。",
        ),
        (DISMISS,),
    ),
    "not_scanned": Reason(
        Words(
            "It is no scan but was drawn by a program: perhaps a file to print, or a pack, that nobody has signed.",
            "该页不是扫描件，而是由程序生成，可能是尚未签署的待打印文件或打印包。",
        ),
        Words(
            "If it was given by mistake, dismiss it. If it is a signed page, file it.",
            "如属误交，予以剔除；如是已签署的页，予以归档。",
        ),
        (FILE, DISMISS),
    ),
    "hidden_parts": Reason(
        Words(
            "It holds more than is seen of a scan: notes, form fields, layers, or a part of its picture that is cut "
            "off or covered.",
            "页上有扫描件不应有的内容：批注、表单域、图层，或图像中被裁切、遮盖而看不到的部分。",
        ),
        LOOK,
        (FILE, DISMISS),
    ),
    "reader_stopped": Reason(
        Words(
            "Looking at it took too long, or too much memory, and was stopped.",
            "查看该页耗时过长或占用内存过多，已中止。",
        ),
        AGAIN,
        (FILE, DISMISS),
    ),
    "mirrored": Reason(
        Words(
            "Its code is mirrored: it shines through from the other side of the sheet, or the scan is the wrong way "
            "round.",
            "页面二维码是反的：可能是从纸张另一面透过来的，或扫描图像左右颠倒。",
        ),
        LOOK,
        (FILE, DISMISS),
    ),
    "misplaced_code": Reason(
        Words(
            "A page code lies where docgen prints none, or is of another size: perhaps a picture of a page, or two "
            "pages on one sheet.",
            "页面二维码的位置或大小与 docgen 打印的不符：可能是页面的照片或缩印，或一张纸上有两页。",
        ),
        AGAIN,
        (FILE, DISMISS),
    ),
    # digitally signed files (splitting.py)
    "digital_unknown": Reason(
        Words(
            "It is of a digitally signed file that is none of the papers on record: {file}.",
            "属于电子签名文件 {file}，但与登记的任何文件都不符。",
        ),
        Words(
            "If it is one of your papers, file it: the whole file is kept as it is. If not, dismiss it.",
            "如确是您的文件，予以归档，整个文件将原样保存；如不是，予以剔除。",
        ),
        (FILE_WHOLE, DISMISS),
    ),
    # what a person has put back (reopening.py)
    "reopened": Reason(
        Words("It was put back here ({reason}); before that it was {was}.", "由人工退回（{reason}）；此前{was_zh}。"),
        LOOK,
        (FILE, DISMISS),
    ),
    "digital_reopened": Reason(
        Words(
            "It is of a digitally signed file ({file}) that was put back here ({reason}); before that it was {was}.",
            "属于电子签名文件 {file}，由人工退回（{reason}）；此前{was_zh}。",
        ),
        Words(
            "File it under the right paper: the whole file is kept as it is. If it belongs to none, dismiss it.",
            "请归入正确的文件，整个文件将原样保存；如与文件无关，予以剔除。",
        ),
        (FILE_WHOLE, DISMISS),
    ),
}
"""By the kind that is on record; what stands in braces are the details of a page, and the leaf."""

UNKNOWN = Reason(
    Words(
        "It waits for a reason that this docgen doesn't know: {kind}.",
        "待处理的原因是此版本的 docgen 不认识的：{kind}。",
    ),
    LOOK,
    (FILE, DISMISS),
)
"""Of a newer docgen."""


def told(kind: str, details: Mapping[str, str]) -> Words:
    """Why a page waits, as a sentence."""
    return _filled(_reason(kind).words, {**details, "kind": kind})


def cure(kind: str, details: Mapping[str, str]) -> Words:
    """What a person does next with the page."""
    return _filled(_reason(kind).cure, details)


def commands(kind: str, details: Mapping[str, str], leaf: str) -> list[Words]:
    """What is typed for it, of the page that is called ``leaf``; the last one dismisses it."""
    names = {name: shlex.quote(value) for name, value in details.items()}
    return [_filled(one, {**names, "leaf": leaf}) for one in _reason(kind).commands]


def _reason(kind: str) -> Reason:
    return REASONS.get(kind, UNKNOWN)


def _filled(words: Words, details: Mapping[str, str]) -> Words:
    """A detail that is lacking, in a line of another docgen, must not keep the others from being told."""
    names = defaultdict(lambda: LOST, details)
    return Words(words.en.format_map(names), words.zh.format_map(names))
