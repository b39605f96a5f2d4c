"""What a person does with a page that waits, and the commands for that: what many reasons to wait have in common.

In braces: the details of a page, and the leaf. A person fills in NUMBER, N, K and TEXT.
"""

from __future__ import annotations

from docgen.model.problems import Words

FILE = Words("docgen archive file {leaf} NUMBER --page N", "docgen archive file {leaf} 文件编号 --page 页码")
FILE_WHOLE = Words("docgen archive file {leaf} NUMBER", "docgen archive file {leaf} 文件编号")
SAME = "docgen archive file {leaf} {number} --revision {revision} --page "
FILE_SO = Words(SAME + "{page}", SAME + "{page}")
FILE_THERE = Words(SAME + "N", SAME + "页码")
FILE_IN = Words(SAME + "{page} --copy K", SAME + "{page} --copy 份号")
DISMISS = Words("docgen archive dismiss {leaf} --why TEXT", "docgen archive dismiss {leaf} --why 原因")
LOOK = Words(
    "Look at the picture. If it is a page of one of your papers, file it as that; if it only belongs to one, leave "
    "out --page; if to none, dismiss it.",
    "请查看图片。如是某份文件中的一页，按该页归档；如只是附于某份文件，归档时不加 --page；如与文件无关，予以剔除。",
)
AGAIN = Words(
    "Best scan it again, and dismiss this one. If the sheet itself tells which page it is, it can be filed as that.",
    "最好重新扫描，并剔除此页。如从纸件上能看出是哪一页，也可按该页归档。",
)
SO_OR_NOT = Words(
    "Look at the picture. If it is that page all the same, file it; if not, dismiss it.",
    "请查看图片。如确属该页，予以归档；如不是，予以剔除。",
)
COMPARE = Words(
    "Compare it with the PDF that was issued. If it may count for that, file it; if not, dismiss it, and have the PDF "
    "that docgen made signed.",
    "请与签发的 PDF 核对。如可视同该文件，予以归档；如不可，予以剔除，并请相关人员在 docgen 生成的 PDF 打印件上签署。",
)
