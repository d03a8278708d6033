"""YAML read with its places kept, so that a message can name the line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import yaml
from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode, YAMLError
from yaml.constructor import ConstructorError

from .errors import InputError

Place = Callable[[tuple[str | int, ...]], int | None]
DEEPEST = 20
"""Levels a file may be nested; a params file needs five."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # libyaml's where it is
    """Reads scalars as YAML 1.2 does, and leaves dates as they are written.

    By YAML 1.1, PyYAML's own rules, ``no`` is false and ``1:30`` is ninety. A date is read by
    whoever knows its key, so that a wrong one is told with it.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that is named twice; the last would win."""
        seen = set()
        for key, _ in node.value:
            if isinstance(key, ScalarNode):
                if key.value in seen:
                    raise ConstructorError(
                        None, None, f"the key {key.value!r} is named twice", key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def _integer(loader: _Loader, node: ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


# YAML 1.2.2, section 10.3.2: the core schema.
_CORE = {
    "null": (r"~|null|Null|NULL|", "~nN\0"),
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+.0123456789",
    ),
}
for _name, (_written, _first) in _CORE.items():
    _starts = ["" if each == "\0" else each for each in _first]
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(f"^(?:{_written})$"), _starts)
_Loader.add_constructor("tag:yaml.org,2002:int", _integer)


def read_yaml(path: Path) -> tuple[dict[str, Any], Place]:
    """Read a mapping and a function from a location in it to its line, counted from 1.

    Raises
    ------
    InputError : the file cannot be read, is no YAML, names a key twice, or holds no mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError("there is no such file", file=path, fix="Check the path.") from None
    except IsADirectoryError:
        fix = f"Name the params files in it, such as {path / '*.yaml'}."
        raise InputError("is a folder", file=path, fix=fix) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read as UTF-8 text ({_short(error)})", file=path) from None
    try:
        _refuse_odd_structure(text)
        node, data = _loaded(text)
    except InputError as error:
        error.file = path
        raise
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        fix = "Put text that begins with * in quotes." if "alias" in f"{error.context}{error.problem}" else ""
        problem = f"is not valid YAML: {error.problem or error.context}"
        raise InputError(problem, file=path, line=mark.line + 1 if mark else None, fix=fix) from None
    except (YAMLError, ValueError) as error:
        raise InputError(f"is not valid YAML ({_short(error)})", file=path) from None
    if not isinstance(data, dict):
        raise InputError("holds no keys", file=path, fix="Begin with 'id:', 'name:', 'client:'.")
    return _with_text_keys(data), lambda location: _line(node, location)


def _refuse_odd_structure(text: str) -> None:
    """Refuse aliases, tags and what is nested without end, before anything is built of it.

    A few aliases to aliases are gigabytes once written out, and one to itself has no end; what is
    nested without end overflows the stack.
    """
    levels = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent):
            raise InputError(f"'*{event.anchor}' is an alias", line=line, fix="Write it out.")
        if tag := getattr(event, "tag", None):
            raise InputError(f"'{tag}' is a tag", line=line, fix="Write the value plainly.")
        levels += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if levels > DEEPEST:
            raise InputError(f"is nested more than {DEEPEST} deep", line=line)


def _loaded(text: str) -> tuple[Node | None, Any]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _short(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_text_keys(item) for item in value]
    return value


def _line(node: Node | None, location: tuple[str | int, ...]) -> int | None:
    line: int | None = 1
    for part in location:
        if isinstance(node, MappingNode):
            found = [pair for pair in node.value if pair[0].value == str(part)]
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = [(node.value[part], node.value[part])]
        else:
            found = []
        if not found:
            break
        line, node = found[0][0].start_mark.line + 1, found[0][1]
    return line
