"""The tabs of a workbook as a file has them: which part each is, what its cells say, a tab put before all others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from docgen.workbook.package import MAIN, OFFICE, SHEET_TYPES, Damaged, Package, Tree, child, insert, parsed, q

BOOK_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "absPath", "workbookProtection",
    "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
    "webPublishObjects", "extLst",
)  # fmt: skip
SHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The family of properties that users make; every writer gives this one."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab with cells: its name and its part."""

    name: str
    part: str


class BookFile:
    """A workbook of the xlsx kind, to be changed.

    Raises:
        Damaged: it isn't made as a workbook is.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.related("", "officeDocument") or ""
        self.tree = package.tree(self.part)
        if self.tree.tag != q("workbook"):
            raise Damaged(self.part)

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """The tabs that hold cells, in their order."""
        parts = {one.id: one for one in self.package.relations(self.part)}
        found = []
        for sheet in self._sheets:
            relation = parts.get(sheet.get(q("id", OFFICE), ""))
            if relation is not None and relation.kind == "worksheet":
                found.append(Tab(sheet.get("name", ""), relation.target))
        return tuple(found)

    @property
    def _sheets(self) -> Tree:
        return child(self.tree, "sheets")

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """The texts that cells share."""
        part = self.package.related(self.part, "sharedStrings")
        return tuple(map(text_of, self.package.look(part).iterfind(q("si")))) if part else ()

    def digest(self, of: str) -> str:
        """A hash of all that a person may have typed, values, formulas and comments, and of the name ``of``."""
        said = [of]
        for tab in self.tabs:
            said += tab.name, *self._typed(tab)
        return hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()

    def _typed(self, tab: Tab) -> Iterator[str]:
        shared, formula, value = self.shared, q("f"), q("v")
        for cell in self.package.look(tab.part).iter(q("c")):
            kind, said = cell.get("t"), ""
            for part in cell:
                if part.tag == formula:
                    said = f"={part.text}"
                    break
                if part.tag == value:
                    said = shared[int(part.text or "")] if kind == "s" else part.text or ""
                else:
                    said = text_of(part)
            if said:
                yield f"{cell.get('r')}={said}"
        comments = self.package.related(tab.part, "comments")
        if comments:
            for comment in self.package.look(comments).iter(q("comment")):
                yield f"{comment.get('ref')}:{text_of(comment)}"

    def insert_first(self, name: str, sheet: Tree, names: dict[str, str]) -> None:
        """Put a tab before all others and open the file on it; ``names`` are defined names that hold in it."""
        part = self.package.free("xl/worksheets/sheet{}.xml")
        id = self.package.add(part, sheet, f"{SHEET_TYPES}worksheet+xml", self.part, f"{OFFICE}/worksheet")
        number = max((int(one.get("sheetId", 0)) for one in self._sheets), default=0) + 1
        for tab in self.tabs:  # tabs that are chosen together are changed together
            self._leave(tab.part)
        self._move_names(0, 1)
        made = etree.Element(q("sheet"), {"name": name, "sheetId": str(number)}, nsmap={"r": OFFICE})
        made.set(q("id", OFFICE), id)
        self._sheets.insert(0, made)
        views = self.tree.find(q("bookViews"))
        if views is None:
            views = parsed(f'<bookViews xmlns="{MAIN}"><workbookView/></bookViews>')
            insert(self.tree, views, BOOK_ORDER)
        for view in views:
            view.set("activeTab", "0")
            view.set("firstSheet", "0")
        defined = self.tree.find(q("definedNames"))
        if defined is None:
            defined = etree.Element(q("definedNames"))
            insert(self.tree, defined, BOOK_ORDER)
        for said, where in names.items():
            one = etree.SubElement(defined, q("definedName"), {"name": said, "localSheetId": "0"})
            one.text = where
            if said.endswith("_FilterDatabase"):
                one.set("hidden", "1")

    def remove(self, tab: Tab) -> None:
        """Take a tab out, and the names that hold in it."""
        ids = {one.id for one in self.package.relations(self.part) if one.target == tab.part}
        index, sheet = next(
            (index, sheet) for index, sheet in enumerate(self._sheets) if sheet.get(q("id", OFFICE)) in ids
        )
        self._sheets.remove(sheet)
        defined = self.tree.find(q("definedNames"))
        if defined is not None:
            for one in [one for one in defined if one.get("localSheetId") == str(index)]:
                defined.remove(one)
            if not len(defined):
                self.tree.remove(defined)
        self._move_names(index, -1)
        self.package.remove(tab.part, self.part)

    def _move_names(self, index: int, by: int) -> None:
        """The defined names that hold in one tab count the tabs."""
        for one in self.tree.iterfind(f"{q('definedNames')}/{q('definedName')}"):
            local = one.get("localSheetId")
            if local is not None and int(local) >= index:
                one.set("localSheetId", str(int(local) + by))

    def _leave(self, part: str) -> None:
        if b"tabSelected" not in self.package.parts[part]:
            return  # a part that isn't touched stays as it was
        for view in self.package.tree(part).iterfind(f"{q('sheetViews')}/{q('sheetView')}"):
            if "tabSelected" in view.attrib:
                del view.attrib["tabSelected"]

    def property(self, name: str) -> str:
        """The custom property of that name, empty where there is none."""
        part = self.package.related("", "custom-properties")
        if part is None:
            return ""
        named = (one for one in self.package.look(part) if one.get("name") == name)
        return next((text for one in named if (text := one.findtext(q("lpwstr", VARIANTS)))), "")

    def set_property(self, name: str, value: str) -> None:
        """Write a custom property, in place of that of the same name."""
        part = self.package.related("", "custom-properties")
        if part is None:
            part = self.package.free("docProps/custom{}.xml", "")
            empty = parsed(f'<Properties xmlns="{CUSTOM}" xmlns:vt="{VARIANTS}"/>')
            self.package.add(part, empty, CUSTOM_TYPE, "", f"{OFFICE}/custom-properties")
        tree = self.package.tree(part)
        for one in [one for one in tree if one.get("name") == name]:
            tree.remove(one)
        number = max((int(one.get("pid", 1)) for one in tree), default=1) + 1
        made = etree.SubElement(tree, q("property", CUSTOM), {"fmtid": PROPERTIES, "pid": str(number), "name": name})
        etree.SubElement(made, q("lpwstr", VARIANTS)).text = value


def text_of(element: Tree) -> str:
    """The text of a shared or inline text or a comment, of all its runs, without the reading aids above it."""
    return "".join(one.text or "" for one in element.iter(q("t")) if etree.QName(one.getparent()).localname != "rPh")
