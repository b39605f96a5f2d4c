"""A filled Word form is read back: each part must say what was worked out for it, word for word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lxml import etree

from docgen.errors import DocumentError
from docgen.model.problems import Words
from docgen.wordforms.form import FormPart, WordForm
from docgen.wordforms.gallery import OF_CASE
from docgen.wordforms.hanging import ABOUT
from docgen.wordforms.story import Line, story
from docgen.wordforms.values import DRAWING, OWN
from docgen.writers.comparison import bare
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
SHOWN = 30
DIFFERS = Words(
    "{form}, {part}: the filled form does not say what it should: expected …{expected}…, found …{found}…",
    "{form}，{part}：填写后的内容与应有内容不符：应为“…{expected}…”，实为“…{found}…”",
)
LOST_DRAWING = Words(
    "{form}, {part}: the picture “{alt}…” is not where it should be; print it by a tag of its own: "
    "{{{{ picture('…') }}}}",
    "{form}，{part}：图片“{alt}…”未出现在应有的位置；请用单独的标签输出：{{{{ picture('…') }}}}",
)


def check_word(read: WordForm, trees: Mapping[str, etree._Element], said: Mapping[str, str]) -> None:
    """Compare the parts of the filled form with what they should say.

    Raises:
        DocumentError: one says something else; the text shows where they part.
    """
    for part in read.parts:
        expected = bare(OWN.sub("", DRAWING.sub("", said[part.name])))
        found = bare("".join(line.text for line in lines_of(read, part.name, trees[part.name])))
        if expected != found:
            shorter = min(len(expected), len(found))
            at = next((index for index in range(shorter) if expected[index] != found[index]), shorter)
            start = max(0, at - SHOWN // 2)
            raise DocumentError(
                DIFFERS.filled(
                    form=read.name,
                    part=part.story.name,
                    expected=expected[start : at + SHOWN],
                    found=found[start : at + SHOWN],
                )
            )
        _check_drawings(read, part, trees[part.name], said[part.name])


def _check_drawings(read: WordForm, part: FormPart, root: etree._Element, said: str) -> None:
    """What is said in the place of each drawing must be said there, as often as it should."""
    left = Counter(bare(OWN.sub("", alt)) for _, alt in DRAWING.findall(said))
    about = (one for one in root.iter(ABOUT) if str(one.get("name")).startswith(OF_CASE))
    left.subtract(bare(OWN.sub("", one.get("descr", ""))) for one in about)
    for alt, number in left.items():
        if number:
            place = part.story.name
            raise DocumentError(LOST_DRAWING.filled(form=read.name, part=place, alt=alt[:SHOWN]))


def lines_of(read: WordForm, part: str, root: etree._Element) -> tuple[Line, ...]:
    """The paragraphs of a filled part."""
    name = next(one.story.name for one in read.parts if one.name == part)
    return story(name, root).lines


def settled(line: Line) -> str:
    """What a paragraph says whatever page it is on: what its fields show is worked out anew."""
    own = {id(piece.element) for piece in line.pieces}
    shown: list[bool] = []
    text = ""
    for element in line.element.iter(f"{_W}fldChar", f"{_W}t"):
        match element.get(f"{_W}fldCharType"):
            case "begin":
                shown.append(False)
            case "separate":
                shown[-1:] = [True]
            case "end":
                shown[-1:] = []
            case _ if id(element) in own and True not in shown:
                text += "" if any(element.iterancestors(f"{_W}fldSimple")) else element.text or ""
    return text
