"""What all who draw with the PDF engine share: fonts without ligatures, shut doors, warnings, and whole words."""

from __future__ import annotations

import logging
from functools import cache
from math import inf
from typing import Any
from xml.etree import ElementTree

from PIL import ImageFile

from docgen.errors import EnvironmentLacks

NO_LIGATURES = b"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><match target="font"><edit name="fontfeatures" mode="append">
<string>liga 0</string><string>clig 0</string></edit></match></fontconfig>"""


def load_engine() -> Any:
    """WeasyPrint, which takes half a second to load.

    Raises:
        EnvironmentLacks: it or Pango can't be loaded.
    """
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise EnvironmentLacks(
            f"PDF can't be made: {error}. Install Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0) and the Python package weasyprint; `docgen doctor` checks them."
        ) from error
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the engine lets pictures pass that are cut off
    return weasyprint


def engine_fonts() -> Any:
    """The fonts of this machine, none of which joins letters, so that each has a glyph of its own and is read back.

    It is told to the fonts, not by CSS: what the engine makes of ``font-variant-*`` for each line is never freed.
    """
    from weasyprint.text.ffi import fontconfig
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    fontconfig.FcConfigParseAndLoadFromMemory(fonts._config, NO_LIGATURES, True)
    return fonts


def page(source: str, base: str, fetcher: Any) -> Any:
    """``source``, well-formed HTML, as the engine takes it; its own reader, in Python, takes as long as two pages do.

    That one is asked where a text holds what XML can't, such as a control character.

    Args:
        base: what addresses begin with.
        fetcher: gives what stands there.
    """
    try:
        return _page_class()(source, base, fetcher)
    except ElementTree.ParseError:
        return load_engine().HTML(string=source, base_url=base, url_fetcher=fetcher)


@cache
def _page_class() -> Any:
    from weasyprint import HTML, cssselect2

    class Page(HTML):  # type: ignore[misc]
        def __init__(self, source: str, base: str, fetcher: Any) -> None:
            self.base_url, self.url_fetcher, self.media_type = base, fetcher, "print"
            root = ElementTree.fromstring(source)
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

    return Page


def drawing(svg: str, name: str, fonts: Any, fetcher: Any) -> Any:
    """``svg`` as a picture of the engine's; put into its cache of pictures under ``name``, it is drawn as vectors."""
    return _drawing_class()(ElementTree.fromstring(svg), name, fetcher, fonts)


@cache
def _drawing_class() -> Any:
    """Made when it is first needed, as the engine is loaded only then."""
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.draw.text import draw_first_line
    from weasyprint.images import SVGImage
    from weasyprint.matrix import Matrix
    from weasyprint.svg import SVG
    from weasyprint.svg.text import Style, TextBox
    from weasyprint.text.line_break import split_first_line
    from weasyprint.urls import FatalURLFetchingError

    class WholeWords(SVG):  # type: ignore[misc]
        """Sets a text that has ``data-room`` in one piece, and narrower where it would be wider than that.

        The engine lays out letter by letter, which takes ten times as long, and parts those that belong together.
        """

        def draw_node(self, node: Any, font_size: float, fill_stroke: bool = True, context: Any = None) -> None:
            room = float(node.get("data-room") or 0)
            if node.tag != "text" or not room:
                super().draw_node(node, font_size, fill_stroke, context)
                return
            style = Style(INITIAL_VALUES)
            style.font_config = self.font_config
            style["font_family"] = [name.strip(" '\"") for name in node.get("font-family").split(",")]
            style["font_size"] = float(node.get("font-size"))
            style["font_weight"] = int(node.get("font-weight"))
            layout, _, _, width, _, baseline = split_first_line(node.text, style, None, inf, 0)
            narrow = min(1.0, room / width) if width else 1.0
            left = (
                float(node.get("x")) - width * narrow * {"start": 0, "middle": 0.5, "end": 1}[node.get("text-anchor")]
            )
            self.stream.push_state()
            self.set_graphical_state(node, font_size)
            self.stream.begin_text()
            layout.reactivate(style)
            box = TextBox(layout, style)
            box.baseline = baseline
            draw_first_line(self.stream, box, "none", "none", Matrix(a=narrow, d=-1, e=left, f=float(node.get("y"))))
            self.stream.end_text()
            self.stream.pop_state()

    class Drawing(SVGImage):  # type: ignore[misc]
        def __init__(self, tree: ElementTree.Element, name: str, fetcher: Any, fonts: Any) -> None:
            super().__init__(tree, name, fetcher, None)
            self._svg = WholeWords(tree, name, fonts, fetcher)

        def draw(self, stream: Any, width: float, height: float, _style: Any) -> None:
            try:
                self._svg.draw(stream, width, height, self._base_url, self._context)
            except (Exception, FatalURLFetchingError) as error:  # what a stranger's file makes the engine do
                logging.getLogger("weasyprint").error("%s: %s", self._base_url, error)

    return Drawing


def shut_fetcher(refusal: str) -> Any:
    """A fetcher that gives nothing to anybody; the error ends with ``refusal``."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class ShutFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise FatalURLFetchingError(f"{url}: {refusal}")

    return ShutFetcher(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


class Warnings(logging.Handler):
    """Collects what WeasyPrint logs as warning or error while it works."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def __enter__(self) -> Warnings:
        logger = logging.getLogger("weasyprint")
        logger.addHandler(self)
        self._before, logger.propagate = logger.propagate, False
        return self

    def __exit__(self, *_: object) -> None:
        logger = logging.getLogger("weasyprint")
        logger.removeHandler(self)
        logger.propagate = self._before
