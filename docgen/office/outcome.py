"""What is asked of a batch, and what became of each document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from docgen.layout.context import Mode
from docgen.model.case import Month
from docgen.model.identity import paper_id
from docgen.model.problems import Problem, Words
from docgen.office.judging import Verdict
from docgen.paper import FORMATS, Format, Paper

State = Literal["made", "planned", "unchanged", "refused", "failed"]

NOTHING = Words("", "")
REFUSED = Words("the data has problems", "数据存在问题")
SAME_NAME = Words("another document of this run has the same file name", "本次生成的另一文档与其文件同名")
CHANGED = Words(
    "{file} was changed after it was issued: put the issued one back from a backup, or issue a revision of it ({flag} "
    "--reason)",
    "{file} 在签发后被改动：请用备份恢复，或用 {flag} --reason 签发新版",
)
GONE = Words(
    "{file} is gone, and can't be made again as it was, as the data, docgen or its fonts have changed: put it "
    "back from a backup, or issue a revision ({flag} --reason)",
    "{file} 已不在原处，且因数据、docgen 或字体有变化，无法原样重新生成：请用备份恢复，或用 {flag} --reason 签发新版",
)
ANOTHERS = Words(
    "{number} is on record for another person ({other}); give one of the two cases another number (case_id)",
    "{number} 已登记在另一人（{other}）名下；请为其中一个个案另填编号（case_id）",
)
TWICE = Words(
    "{case} is new, but {known} of {name} (employee {number}, {start} to {end}) is open, and the two overlap. If they "
    "are one case, keep its number (case_id: {known}); if it is over, close it first (docgen close {known}); if they "
    "are two people, correct the employee number of one",
    "{case} 是新个案，但台账中{name}（工号{number}）的个案 {known}（{start}至{end}）尚未关闭，两者期间重叠。"
    "如为同一个案，请沿用原编号（case_id：{known}）；如原个案已结束，请先关闭（docgen close {known}）；"
    "如为两人，请更正其中一人的工号",
)
NAMESAKE = Words(
    "{case} is new, but {known} of {name} (employee {number}), in the same department or under the same supervisor "
    "and with the same start ({start}), is on record. If it is one person whose number was corrected, keep the case's "
    "number (case_id: {known}); if they are two people, type a case_id for this one",
    "{case} 是新个案，但台账中已有同部门或同主管、同名、同样始于{start}的{name}（工号{number}）的个案 {known}。"
    "如为同一人更正了工号，请沿用原编号（case_id：{known}）；如为两人，请为本个案填写 case_id",
)
PERSON = Words(
    "{case} is on record for {name} (employee {number}). If the name or number of that person was corrected, name the "
    "papers to be issued anew (--revise {revise} --reason); if this is somebody else, correct the employee number, or "
    "type another case_id",
    "台账中 {case} 属于{name}（工号{number}）。如为同一人更正姓名或工号，请逐一指定需要重新签发的文档"
    "（--revise {revise} --reason）；如为另一人，请更正工号或另填 case_id",
)
OTHER_TALK = Words(
    "{number} is on record for the talk of {day}, which is now another talk of the list; type the numbers of the talks "
    "(interview_no) as they were, and give the new one the next number",
    "{number} 已登记为{day}的面谈，而该面谈在名单中的次序已变；"
    "请按原次序填写面谈编号（interview_no），新增的面谈用下一个编号",
)
DECIDED = Words(
    "what was decided on {case} (closed, paused, extended) has changed while this run was reading; run it again",
    "本次读取期间，个案 {case} 的状态（关闭、暂停、延长）有变化；请重新运行",
)
NEVER = Words(
    "was not issued as {formats}, and says something else now: put the data back as they were, or issue a revision "
    "({flag} --reason)",
    "签发时没有 {formats} 格式，且数据现已不同：请恢复原来的数据，或用 {flag} --reason 签发新版",
)
EARLIER = Words(
    "a revision can't bear {date}, as the one that it replaces bears {before}; give a later --date",
    "新版日期（{date}）不能早于所替换版本的日期（{before}）；请用 --date 指定更晚的日期",
)
KEEPS_DATE = Words(
    "unchanged; it keeps its date, {printed}, though {given} is given now",
    "内容无变化，日期仍为{printed}（现在给出的是{given}）",
)
STANDS = Words(
    "stands already as revision {revision} for this very reason; to issue it once more, give another reason",
    "已因同一原因签发为第{revision}版；如需再次签发，请另写原因",
)
AGAIN = Words(
    "revision {revision} was gone, and has been made again, byte for byte as it was issued",
    "第{revision}版的文件已不在原处，已按签发时的内容重新生成，字节完全一致",
)
OTHER_LOOK = Words(
    "revision {revision}, a further format; it says the same, but docgen, its look or its fonts have changed since the "
    "first was made ({flag} --reason issues all formats anew)",
    "第{revision}版，补充格式；内容一致，但首次生成后 docgen、版式或字体已有变化"
    "（如需全部重新签发，请用 {flag} --reason）",
)
FOREIGN = Words(
    "{file}: a file that is not on record stands there; move it away",
    "{file}：该位置有一个未登记的文件，请将其移走",
)
TOLD: Mapping[Verdict, Words] = {
    "revise": Words("revision {revision}: {reason}", "第{revision}版：{reason}"),
    "add": Words("revision {revision}, a further format", "第{revision}版，补充格式"),
    "other_look": Words(
        "unchanged, though it would look otherwise now (--reissue --reason issues it anew)",
        "内容无变化，但版式已有变化（如需按新版式签发，请用 --reissue --reason）",
    ),
    "frozen": Words(
        "stays as it was issued on {on}; the data now say otherwise (--revise {number} --reason issues it anew)",
        "保持{on}签发时的内容；数据现已不同（如需修订，请用 --revise {number} --reason）",
    ),
    "void": Words(
        "was withdrawn: {void} (--revise {number} --reason issues it anew)",
        "已作废：{void}（如需重新签发，请用 --revise {number} --reason）",
    ),
    "ask": Words(
        "it no longer says what revision {revision} of {on} says; give the reason with --reason, and it is issued as "
        "revision {next}",
        "内容与{on}签发的第{revision}版不同；请用 --reason 说明原因，即签发为第{next}版",
    ),
}
"""What is told of a document that is not simply made or unchanged."""


@dataclass(frozen=True, slots=True)
class Order:
    """How documents are to be made.

    ``on``: the day of the run; ``dated``: printed in place of any other date. ``out`` None: where the settings say.
    ``month``: only its plans and the notes of its talks. ``planned``: tell what would be made, and write nothing.
    ``reason``, ``reissue``: of revisions; ``revise``: numbers of documents that change though they are frozen.
    ``numbers``: only these; none: all.
    """

    on: date
    dated: date | None = None
    out: Path | None = None
    formats: tuple[Format, ...] = FORMATS
    mode: Mode = "final"
    handwrite: bool = False
    planned: bool = False
    month: Month | None = None
    reason: str = ""
    reissue: bool = False
    revise: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document.

    ``verdict``: of judging, where it came to that; ``reason``: what is to be told of it; ``cause``: the first problem
    that keeps it back. ``pages``, ``size``: of its files in bytes, also of those that are there already; ``last_page``:
    the share of it that is filled; ``rare``: letters that few documents have. ``crash`` is the traceback where a bug of
    docgen stopped it.
    """

    paper: Paper
    state: State
    files: tuple[Path, ...] = ()
    reason: Words = NOTHING
    verdict: Verdict | None = None
    revision: int = 0
    content_hash: str = ""
    pages: int = 0
    size: int = 0
    last_page: float = 0.0
    rare: str = ""
    cause: Problem | None = None
    crash: str = ""

    def plain(self, language: Literal["en", "zh"]) -> dict[str, Any]:
        """The outcome as plain data, as docs/json.md describes it."""
        return {
            "number": self.paper.number,
            "paper_id": paper_id(self.paper.number),
            "form": self.paper.form.name,
            "case": self.paper.case.id,
            "state": self.state,
            "verdict": self.verdict,
            "revision": self.revision or None,
            "files": [path.as_posix() for path in self.files],
            "pages": self.pages or None,
            "size": self.size or None,
            "last_page": round(self.last_page, 2) or None,
            "rare": self.rare,
            "reason": self.reason[language],
            "content_hash": self.content_hash,
            "parity": self.state == "made",
        }
