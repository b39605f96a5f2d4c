"""What a file that is laid over the shipped one key by key says otherwise: key by key, too."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from typing import Any

from docgen.errors import UsageError
from docgen.marked_yaml import YamlError, load_marked
from docgen.model.problems import Words

Keys = tuple[str, ...]


def keys_of(text: str, name: str) -> Any:
    """What stands in ``text``, YAML of the file ``name``, but for what it extends.

    Raises:
        UsageError: it is no YAML; with its line.
    """
    try:
        data = load_marked(text, name).data
        return {key: one for key, one in data.items() if key != "extends"} if isinstance(data, dict) else {}
    except YamlError as error:
        first = error.faults[0]
        said = (
            f"{name}:{first.line}: {first.message.en} {first.fix.en}",
            f"{name}:{first.line}：{first.message.zh}{first.fix.zh}",
        )
        raise UsageError(Words(*said)) from error


def by_key(own: Any, shipped: Any, *, lists_add: bool) -> list[str]:
    """Lines of a unified diff, of the keys that ``own`` has; what it leaves out is as shipped.

    Args:
        lists_add: entries of its lists come behind the shipped ones, as below ``extends: shipped``.
    """
    said = dict(_leaves(own, ()))
    there = {path: value for path, value in _leaves(shipped, ()) if _spoken_of(path, said)}
    if lists_add:
        there = {path: value for path, value in there.items() if not isinstance(value, list)}
    then, now = ([_line(path, value) for path, value in sorted(leaves.items())] for leaves in (there, said))
    return [line for line in unified_diff(then, now, n=0) if not line.startswith(("---", "+++", "@@"))]


def _leaves(data: Any, path: Keys) -> Iterator[tuple[Keys, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, str(key)))
    elif path:
        yield path, data


def _spoken_of(path: Keys, said: dict[Keys, Any]) -> bool:
    """Is it one of the keys of ``said``, or does one of these take the place of the mapping it stands in?"""
    return any(path[:length] in said for length in range(1, len(path) + 1)) or any(
        one[: len(path)] == path for one in said
    )


def _line(path: Keys, value: Any) -> str:
    text = _flow(value)
    return f"{'.'.join(path)}: {text}\n" if text else f"{'.'.join(path)}:\n"


def _flow(value: Any) -> str:
    """A value on one line, as YAML would have it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return "" if value is None else " ".join(str(value).splitlines())
