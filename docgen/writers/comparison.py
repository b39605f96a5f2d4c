"""What of a text counts when a file is compared with the tree."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u2069\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\U000e0100-\U000e01ef]+"
)
# A PDF knows one character a glyph. Radicals, ligatures and compatibility forms may share theirs with plain characters,
# and in Noto CJK a middle dot may be a bullet; PDFium gives a hyphen at a line end as U+0002.
_SHARED_GLYPHS = re.compile("[\u00b5\u2126\u2e80-\u2fdf\u3131-\u3163\uf900-\ufb4f\uffa1-\uffdc]")
_ALIKE = str.maketrans(
    "\x02\u2010\u2011\u2012•‧⋯➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓⮕⺂⺃⺅⺉⺋⺎⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺞⺠⺡⺣⺤⺦"
    "⺨⺫⺭⺯⺰⺱⺲⺳⺹⺺⺾⺿⻀⻁⻂⻃⻅⻆⻈⻉⻋⻌⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰"
    "⻱⻲⼾〜・㦳㫚㬵㬺㮣䎛䐠壿／｀🄋🄌𠘨𠦄𣏌𤈎𤣩𤨁𥫗𦥑𧃰𧢲𧺯𧾷𨸏𩙿𩠐𩿗𭕄",
    "---–··…①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿➡乛乚亻刂㔾兀尣尢巳幺彑彐忄扌攵旡歺民氵灬爫丬"
    "犭罒礻糹纟罓罒㓁耂肀艹艹艹虎衤覀见角讠贝车辶钅長镸长门阝青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐齿竜龙"
    "龜亀户～·㘽曶胶幐槩㖈㬻墫∕‵⓪⓿⺇卉杞㶷⺩瑨⺮⺽䕫⻇﨣⻊⻕⻞⻡𩿎⺍",
)
_SHARING = re.compile(f"{_SHARED_GLYPHS.pattern}|[{re.escape(''.join(map(chr, _ALIKE)))}]")
"""Most texts have none of these."""


def bare(text: str) -> str:
    """What of ``text`` counts in a comparison."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def drawn(text: str) -> str:
    """What of ``text`` the glyphs of a PDF can tell."""
    said = bare(text)
    if not _SHARING.search(said):
        return said
    return _SHARED_GLYPHS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), said.translate(_ALIKE))
