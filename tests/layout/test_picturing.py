"""Pictures in templates: asked for by kind, switched by a setting, left out of what is not complete."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docgen.errors import TemplateError
from docgen.generate import render as render_paper
from docgen.layout.context import Stamp
from docgen.layout.pictures.drawing import words_in
from docgen.model.case import Gap
from docgen.model.document import Drawing, Section, drawings, lines
from docgen.sources.settings import read_settings
from tests import sample_help as wang
from tests.layout.set_help import SETTINGS, render

CAUSES = [{"aspect": "man", "description": "new <here> & there", "is_root": True}]
FISH = "{{ drawn('fishbone', problem='Sales', causes=causes) }}"
ON = {**SETTINGS, "pictures": ["fishbone"]}


def made(tmp_path: Path, template: str, **more: Any) -> list[Drawing]:
    return drawings(render(tmp_path, template, **{"causes": CAUSES, "settings": ON, **more}).body)


def test_each_picture_of_a_document_has_a_name_of_its_own(tmp_path: Path) -> None:
    found = made(tmp_path, FISH + FISH)
    assert [one.name for one in found] == ["fishbone-1", "fishbone-2"]
    assert found[0].width == 170 and found[0].svg == found[1].svg


def test_data_are_never_markup_in_the_drawing_or_in_what_is_said(tmp_path: Path) -> None:
    (found,) = made(tmp_path, FISH)
    assert "new <here> & there (root cause)" in found.alt
    assert "new <here> & there" in " ".join(words_in(found.svg)) and "<here>" not in found.svg


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (
            "<p>a</p>\n{{ drawn('fishbones', causes=causes) }}",
            "form.html:2: there is no picture 'fishbones'; did you mean",
        ),
        ("\n{{ drawn('fishbone', causes=causes) }}", "form.html:2: drawn('fishbone', …) can't be made of these data"),
        ("{{ drawn('fishbone', problem='x', causes=[{}, {}]) }}", "form.html:1: drawn('fishbone', …) can't be made"),
        ("{{ drawn('fishbone', problem='x', causes=['a']) }}", "form.html:1: drawn('fishbone', …) can't be made"),
        ('<p>a</p>\n<figure><img src="drawn:x" alt="a" width="9"/></figure>', "form.html:2: there is no drawing 'x'"),
        ('<figure><img src="drawn:../x" alt="a" width="9"/></figure>', "form.html:1: there is no drawing '../x'"),
    ],
)
def test_a_fault_of_a_template_is_told_with_its_line(tmp_path: Path, template: str, told: str) -> None:
    with pytest.raises(TemplateError) as refused:
        made(tmp_path, template)
    assert str(refused.value).startswith(told)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("", ["fishbone-1", "gap-bars-2", "time-line-3"]),
        ("pictures: none", []),
        ("pictures: 无", []),
        ("pictures: [gap_bars, trend]", ["gap-bars-1"]),
        ("pictures: 鱼骨图，时间图", ["fishbone-1", "time-line-2"]),
    ],
)
def test_an_office_says_which_pictures_its_documents_have(tmp_path: Path, typed: str, left: list[str]) -> None:
    (tmp_path / "docgen.yaml").write_text(typed, "utf-8")
    settings, problems = read_settings(tmp_path / "docgen.yaml", wang.definitions())
    assert problems == ()
    kit = type(wang.kit())(
        wang.definitions(), {**wang.kit().settings, "pictures": settings["pictures"]}, wang.kit().templates
    )
    paper = wang.wang("plan")
    document = render_paper(paper, kit, Stamp(paper.number, 1, paper.printed_date), "final")
    assert [one.name for one in drawings(document.body)] == left
    # Without the fishbone its table says what it would.
    said = "\n".join(lines(document.body))
    assert ("五方面归类" in said) is ("fishbone-1" not in left)


def test_an_unknown_picture_in_the_settings_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "docgen.yaml").write_text("pictures: [fishbon]", "utf-8")
    _, (problem,) = read_settings(tmp_path / "docgen.yaml", wang.definitions())
    assert "fishbone" in problem.fix.en + problem.message.en


def test_a_draft_has_no_picture_of_what_is_missing(tmp_path: Path) -> None:
    missing = Gap("causes.description", ("gaps", 0, "causes", 0, "description"))
    assert made(tmp_path, FISH, causes=[*CAUSES, {**CAUSES[0], "description": missing}]) == []
    assert made(tmp_path, "{{ drawn('fishbone', problem=gap, causes=causes) }}", gap=missing) == []


def test_a_picture_and_its_title_stay_together() -> None:
    sections = [block for block in wang.tree("plan").body if isinstance(block, Section) and block.role == "picture"]
    looks = wang.kit().templates.theme.looks("zh")
    assert len(sections) == 3 and looks.role("picture").keep_together and looks.role("picture-title").keep_with_next
    for section in sections:
        assert [getattr(block, "role", "") for block in section.blocks] == ["picture-title", "figure"]
