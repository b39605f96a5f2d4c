"""What a look at an office's folder found, as people and programs read it; nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from docgen.archive.findings import NOTHING, FaultKind, Finding, RemarkKind
from docgen.archive.verifying import ALL, Verified
from docgen.model.problems import UiLanguage, Words
from docgen.office.report import JSON_FORMAT

MOST = 20
"""So many findings of a kind are told to people; programs get all."""
INDENT = "  "
UNIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """What holds for all findings of a kind: what it is, and what to do; '' where each says it for itself.

    ``also``: how the second path of a finding is told.
    """

    what: Words
    cure: Words = NOTHING
    also: Words = NOTHING


BACKUP = Words(
    "Put them back from a backup; docgen changes no file that is on record.",
    "请用备份恢复；docgen 不会改动已登记的文件。",
)
WITNESS = Words(
    "No run of docgen leaves it so, not even one that was stopped. It would tell whether lines were cut off the "
    "ledger's end; now only an anchor (--anchor) or a backup can. The next run that writes makes it anew.",
    "docgen 的运行即使中断也不会造成这种情况。台账末尾是否有行被删除，本可由它发现，现在只能靠锚定值（--anchor）或"
    "备份。下次写入时会重新生成。",
)
UNSETTLED = Words(
    "All files were compared with the ledger. If the ledger is right, move the manifest away (it shows what was "
    "changed); the next docgen archive add writes it anew, and files nothing before.",
    "各文件已与台账核对。如台账无误，请将清单移到别处（留作凭据），下次运行 docgen archive add 时会重新生成；"
    "在此之前不会再归档。",
)
NEXT_RUN = Words("The next docgen archive add sees to it.", "下次运行 docgen archive add 时会自动处理。")
TOLD: Mapping[FaultKind | RemarkKind, Told] = {
    "no_ledger": Told(
        Words("the ledger is gone, and nothing else says what belongs here", "台账缺失，无从得知哪些文件属于本档案"),
        Words(
            "Put it back from a backup, then verify again. Meanwhile sha256sum -c manifest-sha256.txt, run in the "
            "folder “archive”, tells whether the files there are as they were.",
            "请用备份恢复后重新核验。在此之前，可在 archive 文件夹中运行 sha256sum -c manifest-sha256.txt，"
            "核对其中的文件是否有改动。",
        ),
    ),
    "lost": Told(Words("the ledger lacks what the register knows", "台账缺少 register.sqlite 中记有的内容")),
    "ledger": Told(Words("damaged lines of the ledger", "台账中有损坏的行")),
    "anchor": Told(
        Words("the ledger does not fit the anchor", "台账与锚定值不符"),
        Words(
            "Put a ledger from a backup in its place that fits the anchor.",
            "请用与锚定值相符的备份恢复台账。",
        ),
    ),
    "register": Told(Words("the register is damaged", "索引文件已损坏"), WITNESS),
    "no_register": Told(Words("the register is gone", "索引文件缺失"), WITNESS),
    "changed": Told(
        Words("changed since they were put on record", "登记后被改动"),
        BACKUP,
        Words("holds what belongs to {other}", "内容属于 {other}"),
    ),
    "missing": Told(
        Words("gone", "缺失"),
        Words(
            "Put them back from a backup. Of an issued document, docgen generate makes a lost file again.",
            "请用备份恢复。签发的文档如丢失文件，也可用 docgen generate 重新生成。",
        ),
    ),
    "renamed": Told(
        Words("renamed or moved", "被改名或移动"),
        Words("Give them back their names.", "请恢复原来的文件名和位置。"),
        Words("is now {other}", "现为 {other}"),
    ),
    "unrecorded": Told(
        Words("in the manifest, but not in the ledger", "清单中有，而台账中没有"),
        Words(
            "Leave them where they are: the ledger may lack lines, or be an older one. If so, put the right one back "
            "from a backup.",
            "请勿移动：台账可能缺行，或被换成了旧台账；如属实，请用备份恢复正确的台账。",
        ),
    ),
    "foreign": Told(
        Words("not on record", "没有登记"),
        Words(
            "docgen did not put them there: move them out of the folder. Scans come in with docgen archive add.",
            "不是由 docgen 放入的：请移出该文件夹。扫描件请用 docgen archive add 归档。",
        ),
        Words("the same as {other}", "内容与 {other} 相同"),
    ),
    "replaced": Told(
        Words("something else stands in its place", "原位置上是别的东西"),
        Words(
            "Move it away, and put back what was there from a backup; what lies behind a link was not looked at.",
            "请将其移走，并用备份恢复原有内容；链接指向的内容未作核验。",
        ),
    ),
    "unreadable": Told(
        Words("can't be read", "无法读取"),
        Words("Look at their permissions and at the disk, then verify again.", "请检查权限和磁盘，然后重新核验。"),
    ),
    "no_manifest": Told(
        Words("the manifest is gone", "清单文件缺失"),
        Words(
            "All files were compared with the ledger; the next docgen archive add writes the manifest anew.",
            "各文件已与台账核对；下次运行 docgen archive add 时会重新生成清单。",
        ),
    ),
    "manifest": Told(Words("the manifest differs from the ledger", "清单与台账不符"), UNSETTLED),
    "torn": Told(Words("left by a run that was stopped", "运行中断所致")),
    "other_register": Told(
        Words("the register is by another version of docgen", "索引文件由其他版本的 docgen 生成"),
        Words(
            "The next run that writes makes it anew from the ledger. Until then only an anchor (--anchor) can tell "
            "whether lines were cut off the ledger's end.",
            "下次写入时会根据台账重新生成。在此之前，只有锚定值（--anchor）能发现台账末尾是否有行被删除。",
        ),
    ),
    "unfinished": Told(Words("a filing was stopped", "归档中断"), NEXT_RUN),
    "unsorted": Told(Words("piles that were taken in, and not sorted yet", "已收存、尚未分拣的扫描批次"), NEXT_RUN),
    "leftover": Told(
        Words("left half written by a run that was stopped", "运行中断留下的未写完文件"),
        Words(
            "Nothing that is missing is in them: what the next docgen archive add leaves of them can be deleted.",
            "其中没有缺失的文件：下次运行 docgen archive add 后如仍存在，可以删除。",
        ),
    ),
    "left": Told(
        Words("no longer needed, left by a run that was stopped", "已被取代、因运行中断而未清除的文件"), NEXT_RUN
    ),
    "litter": Told(
        Words("left by file managers or office programs", "文件管理器或办公软件留下的文件"),
        Words("They do no harm, and can be deleted.", "没有影响，可以删除。"),
    ),
}
HEAD = Words("{what} ({count}):", "{what}（{count}）：")
MORE = Words("and {count} more; --json lists all", "另有{count}项；用 --json 可全部列出")
LINE = Words("{path}, line {line}", "{path} 第{line}行")
DETAIL = Words("{place}: {said}", "{place}：{said}")
DONE = Words(
    "{total} files on record ({archived} in the archive, {issued} issued); {read} read and compared, {size} MB{share}: "
    "{outcome}.",
    "登记文件{total}个（档案{archived}个，签发{issued}个）；已读取核对{read}个，共{size} MB{share}：{outcome}。",
)
SHARE = Words(" (part {part} of {parts})", "（第{part}份，共{parts}份）")
FINE = Words("nothing is wrong", "未发现问题")
FAULTS = (Words("{count} faults", "发现{count}处问题"), Words("1 fault", "发现1处问题"))
"""Of several, and of one."""


def told(findings: Sequence[Finding], language: UiLanguage) -> Iterator[str]:
    """What was found, line by line: by kind, with what to do about all of a kind at its end."""
    for kind, alike in groupby(findings, key=lambda one: one.kind):
        many, words = list(alike), TOLD[kind]
        yield HEAD[language].format(what=_capital(words.what[language]), count=len(many))
        for one in many[:MOST]:
            yield INDENT + _line(one, language)
        if len(many) > MOST:
            yield INDENT + MORE[language].format(count=len(many) - MOST)
        if words.cure[language]:
            yield INDENT + words.cure[language]


def total(found: Verified, language: UiLanguage) -> str:
    """``3214 files on record (…); 3214 read and compared, 812.4 MB: nothing is wrong.``"""
    sample, count = found.sample, len(found.faults)
    outcome = FAULTS[count == 1].filled(count=count) if count else FINE
    share = NOTHING if sample == ALL else SHARE.filled(part=sample.part, parts=sample.parts)
    return DONE.filled(
        total=found.archived + found.issued,
        archived=found.archived,
        issued=found.issued,
        read=found.read,
        size=f"{found.size / UNIT:.1f}",
        share=share,
        outcome=outcome,
    )[language]


def as_plain(found: Verified, language: UiLanguage) -> dict[str, Any]:
    """As docs/json.md describes it."""
    return {
        "format": JSON_FORMAT,
        "sample": {"part": found.sample.part, "parts": found.sample.parts},
        "on_record": {"archived": found.archived, "issued": found.issued},
        "read": {"files": found.read, "bytes": found.size},
        "faults": [_plain(one, language) for one in found.faults],
        "remarks": [_plain(one, language) for one in found.remarks],
    }


def _plain(one: Finding, language: UiLanguage) -> dict[str, Any]:
    words = TOLD[one.kind]
    return {
        "kind": one.kind,
        "path": one.path,
        "line": one.line or None,
        "other": one.other or None,
        "message": _detail(one, language) or _capital(words.what[language]),
        "fix": words.cure[language],
    }


def _line(one: Finding, language: UiLanguage) -> str:
    """On one line, whatever the file is called."""
    place = LINE[language].format(path=one.path, line=one.line) if one.line else one.path
    said = _detail(one, language)
    line = DETAIL[language].format(place=place, said=said) if said else place
    return line.replace("\n", "\\n")


def _detail(one: Finding, language: UiLanguage) -> str:
    if one.said[language]:
        return one.said[language]
    return TOLD[one.kind].also[language].format(other=one.other) if one.other else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
