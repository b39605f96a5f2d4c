"""Why a page of a pile waits for a person, and what that person does next: a sentence for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from docgen.model.problems import Words

LOST = "…"
"""In the place of a detail that isn't on record."""
LOOK = Words(
    "Look at the picture. If it is a page of one of your papers: docgen archive file {leaf} NUMBER --page N; if it "
    "only belongs to one, the same without --page; if to none: docgen archive dismiss {leaf} --why TEXT.",
    "请查看图片。如是某份文件中的一页：docgen archive file {leaf} 文件编号 --page 页码；如只是附于某份文件，不加 "
    "--page；如与文件无关：docgen archive dismiss {leaf} --why 原因。",
)
AGAIN = Words(
    "Best scan it again, and drop this page: docgen archive dismiss {leaf} --why TEXT. If it can be read on the paper "
    "what it is: docgen archive file {leaf} NUMBER --page N.",
    "最好重新扫描，并剔除此页：docgen archive dismiss {leaf} --why 原因。如从纸件上能看出是哪一页：docgen archive "
    "file {leaf} 文件编号 --page 页码。",
)
NAMED = Words(
    "Look at the picture. If it is that page all the same: docgen archive file {leaf} {number} --revision {revision} "
    "--page {page}; if not: docgen archive dismiss {leaf} --why TEXT.",
    "请查看图片。如确属该页：docgen archive file {leaf} {number} --revision {revision} --page {page}；如不是：docgen "
    "archive dismiss {leaf} --why 原因。",
)
UNCERTAIN = Words(
    "Compare it with the paper. If it counts for that one: docgen archive file {leaf} {number} --page N; if not: "
    "docgen archive dismiss {leaf} --why TEXT, and have the paper that docgen made signed.",
    "请与原件核对。如可作为该文件：docgen archive file {leaf} {number} --page 页码；如不可：docgen archive dismiss "
    "{leaf} --why 原因，并请相关人员在 docgen 生成的文件上签署。",
)


@dataclass(frozen=True, slots=True)
class Reason:
    """``words``: what was found, with the details of a page in braces; ``cure``: what to do next."""

    words: Words
    cure: Words


REASONS: Mapping[str, Reason] = {
    # what the codes of a page say (sorting.py)
    "no_code": Reason(
        Words(
            "No page code of docgen was found on it.",
            "未找到 docgen 的页面二维码。",
        ),
        LOOK,
    ),
    "foreign_code": Reason(
        Words(
            "It has a QR code, but none of docgen's.",
            "页上有二维码，但不是 docgen 的页面二维码。",
        ),
        LOOK,
    ),
    "damaged_code": Reason(
        Words(
            "Its page code is damaged, or was made by a newer docgen: it can't be understood.",
            "页面二维码已损坏，或由更新版本的 docgen 生成，无法识别。",
        ),
        LOOK,
    ),
    "two_papers": Reason(
        Words(
            "It bears the codes of more than one page: {codes}.",
            "页上有不止一页的页面二维码：{codes}。",
        ),
        Words(
            "Scan each page by itself, and drop this one: docgen archive dismiss {leaf} --why TEXT.",
            "请逐页重新扫描，并剔除此页：docgen archive dismiss {leaf} --why 原因。",
        ),
    ),
    "foreign_beside": Reason(
        Words(
            "It says that it is page {page} of {pages} of {number}, revision {revision}, but another QR code is on it "
            "too.",
            "页面二维码显示为 {number} 第{revision}版第{page}页（共{pages}页），但页上还有其他二维码。",
        ),
        NAMED,
    ),
    "word_print": Reason(
        Words(
            "It was printed from the Word file of {number}, revision {revision}: pages and text can't be vouched for.",
            "由 {number} 第{revision}版的 Word 文件打印，页数和内容无法保证与签发的一致。",
        ),
        UNCERTAIN,
    ),
    "unknown_paper": Reason(
        Words(
            "Its code names a paper that is not on record in this folder, or that can't be told from another: "
            "{number}.",
            "页面二维码所指的文件在此文件夹中没有登记，或无法与另一份区分：{number}。",
        ),
        Words(
            "Find out which office issued it, and take the scan in there (docgen archive add with -o). Here: docgen "
            "archive dismiss {leaf} --why TEXT.",
            "请查明由哪个部门签发，并在其文件夹中归档（docgen archive add 加 -o）。此处请剔除：docgen archive dismiss "
            "{leaf} --why 原因。",
        ),
    ),
    "unknown_revision": Reason(
        Words(
            "Its code names revision {revision} of {number}, which was never issued; the latest is {latest}.",
            "页面二维码显示为 {number} 第{revision}版，但该版从未签发，最新为第{latest}版。",
        ),
        Words(
            "If the record is an old backup, put the right one back (docgen archive verify). Else the paper is none "
            "of docgen's: docgen archive dismiss {leaf} --why TEXT.",
            "如台账是旧备份，请恢复正确的台账（docgen archive verify）。否则该页并非 docgen 签发：docgen archive "
            "dismiss {leaf} --why 原因。",
        ),
    ),
    "wrong_check": Reason(
        Words(
            "It says that it is page {page} of {number}, revision {revision}, but its check is not that of the text "
            "that was issued.",
            "页面二维码显示为 {number} 第{revision}版第{page}页，但校验码与签发的内容不符。",
        ),
        UNCERTAIN,
    ),
    "wrong_total": Reason(
        Words(
            "It says that it is page {page} of {pages} of {number}, revision {revision}, which was issued with a page "
            "count of {issued}.",
            "页面二维码显示为 {number} 第{revision}版第{page}页（共{pages}页），但该版签发时共{issued}页。",
        ),
        UNCERTAIN,
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
            "Scan each copy by itself, one after the other, and drop these pages (docgen archive dismiss {leaf} --why "
            "TEXT); or file page by page: docgen archive file {leaf} {number} --revision {revision} --page {page} "
            "(with --copy K, where it is asked for).",
            "请将各份分开、逐份重新扫描，并剔除这些页（docgen archive dismiss {leaf} --why 原因）；或逐页归档：docgen "
            "archive file {leaf} {number} --revision {revision} --page {page}（如有提示，加 --copy 份号）。",
        ),
    ),
    "which_copy": Reason(
        Words(
            "It is page {page} of {pages} of {number}, revision {revision}; which copy it belongs to can't be told. "
            "Pages are missing in copy {copies}.",
            "此页为 {number} 第{revision}版第{page}页（共{pages}页），但无法确定属于哪一份；缺页的签署件：{copies}。",
        ),
        Words(
            "Compare it with the copies: docgen archive file {leaf} {number} --revision {revision} --page {page} "
            "--copy K. If it came back before: docgen archive dismiss {leaf} --why TEXT.",
            "请与各份核对：docgen archive file {leaf} {number} --revision {revision} --page {page} --copy 份号。如此页"
            "先前已交回：docgen archive dismiss {leaf} --why 原因。",
        ),
    ),
    # what was found when the page was read (reading.py)
    "unreadable": Reason(
        Words(
            "It is damaged: it can't be shown or copied.",
            "该页已损坏，无法显示或取出。",
        ),
        AGAIN,
    ),
    "too_large": Reason(
        Words(
            "It is too large to be looked at.",
            "页面过大，无法查看。",
        ),
        Words(
            "Scan it again in the size of the paper, at 200 or 300 dpi, and drop this page: docgen archive dismiss "
            "{leaf} --why TEXT.",
            "请按纸张原尺寸以 200 或 300 dpi 重新扫描，并剔除此页：docgen archive dismiss {leaf} --why 原因。",
        ),
    ),
    "no_picture": Reason(
        Words(
            "There is nothing at all on it, not even a picture; some scanners write such pages for empty backs.",
            "页上没有任何内容，连图像也没有；有些扫描仪会为空白背面生成这样的页。",
        ),
        Words(
            "If it is the back of a sheet: docgen archive dismiss {leaf} --why TEXT; if a page is lost, scan it again.",
            "如是纸张背面：docgen archive dismiss {leaf} --why 原因；如确有一页丢失，请重新扫描。",
        ),
    ),
    "not_scanned": Reason(
        Words(
            "It is no scan but was drawn by a program: perhaps a file to print, or a pack, that nobody has signed.",
            "该页不是扫描件，而是由程序生成，可能是尚未签署的待打印文件或打印包。",
        ),
        Words(
            "If it was given by mistake: docgen archive dismiss {leaf} --why TEXT. If it is a signed page: docgen "
            "archive file {leaf} NUMBER --page N.",
            "如属误交：docgen archive dismiss {leaf} --why 原因。如是已签署的页：docgen archive file {leaf} 文件编号 "
            "--page 页码。",
        ),
    ),
    "hidden_parts": Reason(
        Words(
            "It holds more than is seen of a scan: notes, form fields, or a part of its picture that is cut off or "
            "covered.",
            "页上有扫描件不应有的内容：批注、表单域，或图像中被裁切、遮盖而看不到的部分。",
        ),
        LOOK,
    ),
    "reader_stopped": Reason(
        Words(
            "Looking at it took too long, or too much memory, and was stopped.",
            "查看该页耗时过长或占用内存过多，已中止。",
        ),
        AGAIN,
    ),
    "mirrored": Reason(
        Words(
            "Its code is mirrored: it shines through from the other side of the sheet, or the scan is the wrong way "
            "round.",
            "页面二维码是反的：可能是从纸张另一面透过来的，或扫描图像左右颠倒。",
        ),
        LOOK,
    ),
    "misplaced_code": Reason(
        Words(
            "A page code lies where docgen prints none, or is of another size: perhaps a picture of a page, or two "
            "pages on one sheet.",
            "页面二维码的位置或大小与 docgen 打印的不符：可能是页面的照片或缩印，或一张纸上有两页。",
        ),
        AGAIN,
    ),
    # digitally signed files (splitting.py)
    "digital_unknown": Reason(
        Words(
            "It is of a digitally signed file that is none of the papers on record: {file}.",
            "属于电子签名文件 {file}，但与登记的任何文件都不符。",
        ),
        Words(
            "If it is one of your papers: docgen archive file {leaf} NUMBER files the whole file as it is; if not: "
            "docgen archive dismiss {leaf} --why TEXT.",
            "如确是您的文件：docgen archive file {leaf} 文件编号，将整个文件原样归档；如不是：docgen archive dismiss "
            "{leaf} --why 原因。",
        ),
    ),
}
"""By the kind that is on record; what stands in braces are the details of a page, and the leaf."""

UNKNOWN = Reason(
    Words(
        "It waits for a reason that this docgen doesn't know: {kind}.",
        "待处理的原因为此版本的 docgen 所不知：{kind}。",
    ),
    LOOK,
)
"""Of a newer docgen."""


def told(kind: str, details: Mapping[str, str]) -> Words:
    """Why a page waits, as a sentence."""
    return _filled(_reason(kind).words, {**details, "kind": kind})


def cure(kind: str, details: Mapping[str, str], leaf: str) -> Words:
    """What a person does next with the page that is called ``leaf``."""
    return _filled(_reason(kind).cure, {**details, "leaf": leaf})


def _reason(kind: str) -> Reason:
    return REASONS.get(kind, UNKNOWN)


def _filled(words: Words, details: Mapping[str, str]) -> Words:
    """A detail that is lacking, in a line of another docgen, must not keep the others from being told."""
    names = defaultdict(lambda: LOST, details)
    return Words(words.en.format_map(names), words.zh.format_map(names))
