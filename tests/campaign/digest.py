"""Print, as JSON, what checking samples finds and what their documents say: ``python digest.py FILE…``.

Of a sample in the folder ``faulty`` only one document is made, the first.

Run in a process of its own, so that the campaign can change what surrounds it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import date
from pathlib import Path

from docgen.definitions.load import load_definitions
from docgen.generate import render
from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp
from docgen.layout.sets import load_set
from docgen.model.identity import content_hash
from docgen.office.report import as_json
from docgen.office.run import load_run
from docgen.paper import blocking, papers
from docgen.sources.cases import read_cases
from docgen.writers.properties import Properties
from docgen.writers.word import write_docx

TODAY = date(2026, 6, 30)


def digest(file: Path) -> dict[str, object]:
    """The problems of a file in words, and for each of its documents the tree and the hash of its Word file."""
    definitions, templates = load_definitions(), load_set()
    run = load_run(read_cases([file], definitions), definitions, (), TODAY)
    documents = {}
    for checked, office in run.cases:
        kit = Kit(definitions, office.settings, templates)
        for paper in list(papers(checked, definitions))[: 1 if file.parent.name == "faulty" else None]:
            mode: Mode = "draft" if blocking(paper, checked.problems) else "final"
            tree = render(paper, kit, Stamp(paper.number, 1, paper.printed_date or TODAY), mode)
            properties = Properties(tree.title, "Example Ltd", TODAY, content_hash(tree), tree.lang, paper.number)
            word = hashlib.sha256(write_docx(tree, kit.package(tree.lang), properties, kit.pictures(tree))).hexdigest()
            documents[paper.number] = [content_hash(tree), tree.text(), word]
    return {
        "problems": [json.loads(as_json(run.all_problems, language)) for language in ("en", "zh")],
        "documents": documents,
    }


if __name__ == "__main__":
    json.dump({name: digest(Path(name)) for name in sys.argv[1:]}, sys.stdout, ensure_ascii=True)
