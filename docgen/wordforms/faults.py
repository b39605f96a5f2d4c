"""What is wrong with a Word form: each fault has an id, a place and one plain sentence; all are told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.errors import TemplateError
from docgen.model.problems import Words

SENTENCES = {
    "not_closed": Words(
        "{tag} is not closed in its paragraph; end it there with {end}",
        "{tag} 在本段内没有结束；请在同一段内补上 {end}",
    ),
    "split": Words(
        "{tag} is split by a link, a field or a picture; delete it and type it anew in one go",
        "{tag} 被超链接、域或图片隔断；请删除后一次重新输入",
    ),
    "full_width": Words(
        "{tag} has full-width braces or %; type {{, }} and % with the keyboard set to English",
        "{tag} 用了全角大括号或％；请在英文输入状态下输入 {{、}} 和 %",
    ),
    "stray_end": Words(
        "{tag} closes nothing; take it out, or type its beginning", "{tag} 没有对应的开头；请删去，或补上开头"
    ),
    "syntax": Words("{tag} can't be read: {reason}", "{tag} 无法识别：{reason}"),
    "full_width_inside": Words(
        "{tag} can't be read: {sign} is full-width; type it with the keyboard set to English",
        "{tag} 无法识别：{sign} 是全角符号；请在英文输入状态下输入",
    ),
    "sign_in_tag": Words(
        "{tag}: a tag that takes a whole row, cell or paragraph can't hold % or }}; put it into {{% set … %}} before",
        "{tag}：占整行、整格或整段的标签内不能有 % 或 }}；请先用 {{% set … %}} 赋值",
    ),
    "parted": Words(
        "{tag}: the {name} must follow {{% at once: {{%{name} … %}}",
        "{tag}：{name} 须紧跟 {{%，写成 {{%{name} … %}}",
    ),
    "unknown_statement": Words(
        "{tag}: a Word form knows for, if, set, colspan, cellbg, hm and vm, not {name}",
        "{tag}：Word 模板只支持 for、if、set、colspan、cellbg、hm、vm，不支持 {name}",
    ),
    "no_files": Words(
        "{tag}: a Word form can't bring in other files; copy what they say into the form",
        "{tag}：Word 模板不能引用其他文件；请把内容直接写进模板",
    ),
    "subdocument": Words(
        "{tag}: documents can't be put into a form; write its text into the form, or a value with line breaks",
        "{tag}：不能在模板中嵌入其他文档；请直接写入文字，或用带换行的值",
    ),
    "not_ended": Words("{tag} has no {end}", "{tag} 缺少对应的 {end}"),
    "wrong_end": Words("{tag} ends here what {start} at {other} began", "{tag} 与{other}的 {start} 不匹配"),
    "across": Words(
        "{tag} and {end} ({other}) don't stand in the same {box}; for rows of a table write {{%tr for … %}} and "
        "{{%tr endfor %}} in rows of their own, for paragraphs {{%p … %}} in paragraphs of their own",
        "{tag} 与 {end}（{other}）不在同一{box}内；表格行请在单独的行中写 {{%tr for … %}} 和 {{%tr endfor %}}，"
        "段落请在单独的段落中写 {{%p … %}}",
    ),
    "other_kind": Words(
        "{tag} is ended by {end} ({other}); both need the same letters behind {{%",
        "{tag} 由 {end}（{other}）结束；两者 {{% 之后的字母须一致",
    ),
    "not_in_table": Words(
        "{tag} works only in a table; outside write {{%p … %}} in a paragraph of its own",
        "{tag} 只能用在表格中；表格外请在单独的段落中写 {{%p … %}}",
    ),
    "row_beside": Words(
        "{tag} takes its whole row away, and with it “{text}”; put it into a row of its own",
        "{tag} 会删去整行，其中的“{text}”会丢失；请把它放在单独的一行",
    ),
    "cell_beside": Words(
        "{tag} takes its whole cell away, and with it “{text}”; put it into a cell of its own",
        "{tag} 会删去整个单元格，其中的“{text}”会丢失；请把它放在单独的单元格",
    ),
    "paragraph_beside": Words(
        "{tag} takes its whole paragraph away, and with it “{text}”; put it into a paragraph of its own",
        "{tag} 会删去整段，其中的“{text}”会丢失；请把它放在单独的段落",
    ),
    "outside_loop": Words(
        "{tag} merges the cells that a loop makes; put it inside a for",
        "{tag} 用于合并循环生成的单元格；请放在 for 之内",
    ),
    "shown_once": Words(
        "{tag}: {{% vm %}} and {{% hm %}} show their cell once for all turns of the loop, so {name} of the others "
        "would be lost; take them out, or print what is alike in all",
        "{tag}：{{% vm %}}、{{% hm %}} 的单元格在循环中只显示一次，其余各次的 {name} 会丢失；"
        "请删去，或输出各次相同的内容",
    ),
    "unknown_name": Words("{tag}: there is no {name}{nearest}", "{tag}：没有名为 {name} 的项{nearest}"),
    "unknown_filter": Words("{tag}: there is no filter {name}{nearest}", "{tag}：没有名为 {name} 的过滤器{nearest}"),
    "unknown_test": Words("{tag}: there is no test {name}{nearest}", "{tag}：没有名为 {name} 的判断{nearest}"),
    "unknown_sentence": Words(
        "{tag}: the wording has no sentence {name}{nearest}", "{tag}：文案中没有 {name}{nearest}"
    ),
    "safe": Words(
        "{tag}: |safe would let data be taken for markup; take it out: what is printed is text",
        "{tag}：|safe 会把数据当作标记；请删去，输出内容一律为文字",
    ),
    "forbidden": Words(
        "{tag}: {name} is not allowed in a form; print a field of the case",
        "{tag}：模板中不允许使用 {name}；请输出个案的字段",
    ),
    "joined": Words(
        "{tag}: ~ would print dates and amounts past their format; write two tags side by side: {{{{ a }}}}{{{{ b }}}}",
        "{tag}：~ 会绕过日期和金额的格式；请把两个标签并排书写：{{{{ a }}}}{{{{ b }}}}",
    ),
    "repeated_text": Words(
        "{tag}: texts can't be multiplied or raised to a power in a form", "{tag}：模板中不能对文字做乘法或乘方"
    ),
    "never": Words(
        "{tag}: {name} is never {value}{nearest}",
        "{tag}：{name} 不会是“{value}”{nearest}",
    ),
    "never_alike": Words(
        "{tag}: comparing {name} with {value} tells nothing, as they are of other kinds; write {instead}",
        "{tag}：{name} 与 {value} 类型不同，比较没有意义；请写 {instead}",
    ),
    "alone": Words(
        "{tag}: {text} by itself always holds; compare both times: … == 'a' or … == 'b', or … in ['a', 'b']",
        "{tag}：单独的 {text} 总是成立；两边都要写比较：… == 'a' or … == 'b'，或 … in ['a', 'b']",
    ),
    "too_deep": Words("{tag}: loops lie more than {limit} deep", "{tag}：循环嵌套超过{limit}层"),
    "too_long": Words("{tag}: range counts to {limit} at most", "{tag}：range 最多计到{limit}"),
    "too_many": Words("the form has more than {limit} tags", "模板中的标签超过{limit}个"),
    "whole_rows": Words(
        "{tag} prints whole rows of {name}; go through them: {{%tr for row in {name} %}} … {{{{ row.{field} }}}}",
        "{tag} 输出了整张{name}；请逐行输出：{{%tr for row in {name} %}} … {{{{ row.{field} }}}}",
    ),
    "whole_row": Words(
        "{tag} prints a whole row; print a field of it, such as {{{{ {name}.{field} }}}}",
        "{tag} 输出了整行数据；请输出其中的字段，如 {{{{ {name}.{field} }}}}",
    ),
    "no_number": Words(
        "the form prints neither {{{{ number }}}} nor {{{{ paper_id }}}} on its first page, so signed copies couldn't "
        "be told apart; put {{{{ number }}}} into the head or foot that the first page has",
        "模板首页没有输出 {{{{ number }}}}（文档编号）或 {{{{ paper_id }}}}（纸号），签字件将无法区分；"
        "请在首页的页眉或页脚加入 "
        "{{{{ number }}}}",
    ),
    "not_filled": Words(
        "{tag}: tags are not filled there; move it into the text, a head, a foot or a footnote",
        "{tag}：此处的标签不会被填写；请移到正文、页眉、页脚或脚注",
    ),
    "tracked": Words(
        "the form has tracked changes; accept or reject all of them, so that nobody is handed crossed-out words",
        "模板中有修订痕迹；请全部接受或拒绝，以免删改内容外传",
    ),
    "hidden": Words(
        "“{text}” is hidden, so nobody would see it in print; delete it, or show it (Font, Hidden)",
        "“{text}”为隐藏文字，打印时不可见；请删除，或取消“字体 › 隐藏”",
    ),
    "renewed": Words(
        "the field {name} shows something else on another machine or when it is renewed; type the text, or a tag",
        "域 {name} 在其他电脑上或更新后内容会变；请改为文字或标签",
    ),
    "joins_boxes": Words(
        "{tag}: a tag that takes a whole row, cell or paragraph away can't have a - beside its %; take the - out",
        "{tag}：占整行、整格或整段的标签，% 旁不能有 -；请删去 -",
    ),
    "nothing_to_join": Words(
        "{tag}: there is no paragraph right beside it that - could join; take the - out",
        "{tag}：旁边没有可与之合并的段落；请删去 -",
    ),
    "other_braces": Words(
        "{tag} would be printed as it stands; to print the value write {{{{ {name} }}}}",
        "{tag} 会原样打印；要输出其值请写 {{{{ {name} }}}}",
    ),
    "clock": Words(
        "the field {name} shows another day each time the file is opened; write {{{{ issued }}}} or a date of the case",
        "域 {name} 每次打开文件都会显示当天日期；请改写为 {{{{ 签发日期 }}}} 或个案中的日期",
    ),
    "comment": Words(
        "the form has comments; delete them, they would be handed out", "模板中有批注；请删除，否则会随文档发出"
    ),
    "picture": Words("{tag}: {reason}", "{tag}：{reason}"),
    "failed": Words("{tag}: {reason}", "{tag}：{reason}"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a form; ``kind`` is its id, a key of SENTENCES; ``place``: where it stands."""

    kind: str
    place: Words
    message: Words

    def __str__(self) -> str:
        return f"{self.place.en}: {self.message.en} [{self.kind}]"

    @property
    def words(self) -> Words:
        return Words(f"{self}", f"{self.place.zh}：{self.message.zh} [{self.kind}]")


def fault(kind: str, place: Words, **names: object) -> Fault:
    """A fault of a kind, its sentence filled with ``names``."""
    return Fault(kind, place, SENTENCES[kind].filled(**names))


class WordFormError(TemplateError):
    """A Word form can't be used; ``faults``: all that is wrong with it."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        words = [one.words for one in faults]
        super().__init__(
            Words(
                "\n  ".join(
                    (f"{name}: {len(words)} {'fault' if len(words) == 1 else 'faults'}", *(one.en for one in words))
                ),
                "\n  ".join((f"{name}：{len(words)} 处问题", *(one.zh for one in words))),
            )
        )
