"""YAML read with its places kept, so that a message can name the line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionStartEvent

from .errors import InputError

Place = Callable[[tuple[str | int, ...]], int | None]
DEEPEST = 20
"""Levels a file may be nested; a params file needs five."""


class _DatesAsText(RoundTripConstructor):
    """Leaves dates as they are written, so that a wrong one is told by whoever knows its key."""


_DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_yaml_str)


class _Plain(Composer):
    """Refuses odd structure as it is met.

    A few aliases to aliases are gigabytes once written out, and one to itself has no end; what is
    nested without end overflows the stack.
    """

    _levels = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent):
            raise InputError(f"'*{event.anchor}' is an alias", line=_at(event), fix="Write it out.")
        nested = isinstance(event, CollectionStartEvent)
        self._levels += nested
        if self._levels > DEEPEST:
            raise InputError(f"is nested more than {DEEPEST} deep", line=_at(event))
        node = super().compose_node(parent, index)
        self._levels -= nested
        return node


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
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read as UTF-8 text ({_short(error)})", file=path) from None
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor, yaml.Composer = _DatesAsText, _Plain
    try:
        data = yaml.load(text)
    except InputError as error:
        error.file = path
        raise
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        fix = "Put text that begins with * in quotes." if "alias" in str(error.context) else ""
        raise InputError(f"is not valid YAML: {error.problem}", file=path, line=line, fix=fix) from None
    except YAMLError as error:
        raise InputError(f"is not valid YAML ({_short(error)})", file=path) from None
    if not isinstance(data, dict):
        raise InputError("holds no keys", file=path, fix="Begin with 'id:', 'name:', 'client:'.")
    return _plain(data), lambda location: _line(data, location)


def _at(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _short(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _plain(value: Any) -> Any:
    """Return the loaded value as plain dicts, lists and scalars."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _line(data: Any, location: tuple[str | int, ...]) -> int | None:
    line: int | None = 1
    for part in location:
        try:
            position = data.lc.key(part) if hasattr(data, "keys") else data.lc.item(part)
            line, data = position[0] + 1, data[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line
