"""The least that reading YAML can cost: plain lists, mappings and texts from libyaml's events, without any check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml import events


def build_folder(folder: Path) -> list[Any]:
    return [build(path.read_bytes()) for path in sorted(folder.glob("case-*.yaml"))]


def build(content: bytes) -> Any:
    root: Any = None
    node: Any = None
    key: str | None = None
    around: list[tuple[Any, str | None]] = []
    for event in yaml.parse(content, Loader=yaml.CLoader):
        kind = event.__class__
        if kind is events.ScalarEvent:
            made: Any = event.value  # type: ignore[attr-defined]
        elif kind is events.MappingStartEvent:
            made = {}
        elif kind is events.SequenceStartEvent:
            made = []
        elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
            node, key = around.pop()
            continue
        else:
            continue
        if node is None:
            root = made
        elif node.__class__ is list:
            node.append(made)
        elif key is None:
            key = made
            continue
        else:
            node[key] = made
            key = None
        if made.__class__ is not str:
            around.append((node, key))
            node, key = made, None
    return root
