"""YAML is read with its places kept."""

from __future__ import annotations

import contextlib
import io
import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML, YAMLError

from reviewkit.model import InputError, read_yaml
from reviewkit.model.yamlfile import _Loader


def written(folder: Path, text: str | bytes) -> Path:
    """A YAML file with this text."""
    path = folder / "a.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def message(path: Path) -> str:
    """What reading the file complains about, without its folder."""
    with pytest.raises(InputError) as caught:
        read_yaml(path)
    return str(caught.value).replace(str(path.parent) + "/", "")


def test_read_yaml_knows_the_line_of_every_key_and_item(tmp_path: Path) -> None:
    _, place = read_yaml(written(tmp_path, "a: 1\n# why\nb:\n  - x: 1\n    y: 2\n  - x: 3\n"))
    assert [place(at) for at in [("a",), ("b",), ("b", 0, "y"), ("b", 1), ("b", 1, "x")]] == [1, 3, 5, 6, 6]


def test_read_yaml_gives_the_nearest_line_for_a_missing_key(tmp_path: Path) -> None:
    _, place = read_yaml(written(tmp_path, "a: 1\nb:\n  c: 2\n"))
    assert place(("b", "missing")) == 2


def test_read_yaml_gives_plain_values(tmp_path: Path) -> None:
    data, _ = read_yaml(written(tmp_path, "a: {b: [1, two]}\n"))
    assert (data, type(data["a"]), type(data["a"]["b"])) == ({"a": {"b": [1, "two"]}}, dict, list)


def test_read_yaml_refuses_a_duplicate_key(tmp_path: Path) -> None:
    assert message(written(tmp_path, "a: 1\nb: 2\na: 3\n")).startswith("a.yaml, line 3: is not valid YAML")


def test_read_yaml_names_the_line_of_bad_syntax(tmp_path: Path) -> None:
    assert message(written(tmp_path, "a: 1\nb: [1, 2\nc: 3\n")).startswith(
        "a.yaml, line 3: is not valid YAML"
    )


def test_read_yaml_says_that_a_file_is_missing(tmp_path: Path) -> None:
    assert message(tmp_path / "a.yaml") == "a.yaml: there is no such file. Check the path."


def test_read_yaml_says_that_a_folder_is_no_file(tmp_path: Path) -> None:
    name = tmp_path.name
    assert message(tmp_path) == f"{name}: is a folder. Name the params files in it, such as {name}/*.yaml."


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n", "# a comment alone\n"])
def test_read_yaml_refuses_a_file_without_keys(tmp_path: Path, text: str) -> None:
    assert message(written(tmp_path, text)).startswith("a.yaml: holds no keys")


def test_read_yaml_refuses_what_is_not_utf8(tmp_path: Path) -> None:
    assert "cannot be read as UTF-8 text" in message(written(tmp_path, b"a: \xff\xfe\n"))


def test_read_yaml_leaves_dates_as_written(tmp_path: Path) -> None:
    data, _ = read_yaml(written(tmp_path, "a: 2026-01-31\nb: 2026-13-31\n"))
    assert data == {"a": "2026-01-31", "b": "2026-13-31"}


@pytest.mark.parametrize("text", ["a: \x00\n", "a: *nobody\n", "\ta: 1\n"])
def test_read_yaml_refuses_hostile_text_in_one_line(tmp_path: Path, text: str) -> None:
    assert len(message(written(tmp_path, text)).splitlines()) == 1


def test_read_yaml_never_runs_a_tag(tmp_path: Path) -> None:
    said = message(written(tmp_path, "a: !!python/object/apply:os.system [ls]\n"))
    assert said.startswith("a.yaml, line 1: 'tag:yaml.org,2002:python/object/apply:os.system' is a tag")


@pytest.mark.parametrize("text", ["[" * 3000 + "]" * 3000, "a: " + "{a: " * 300 + "1" + "}" * 300])
def test_read_yaml_refuses_what_is_nested_without_end(tmp_path: Path, text: str) -> None:
    assert message(written(tmp_path, text)) == "a.yaml, line 1: is nested more than 20 deep."


def test_read_yaml_refuses_an_alias_before_it_is_written_out(tmp_path: Path) -> None:
    text = "a: &a [1, 2]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert message(written(tmp_path, text)) == "a.yaml, line 2: '*a' is an alias. Write it out."


def test_read_yaml_allows_many_short_branches(tmp_path: Path) -> None:
    """Depth is counted along a branch, not over the file."""
    data, _ = read_yaml(written(tmp_path, "a:\n" + "- [[1], {b: 2}]\n" * 30))
    assert len(data["a"]) == 30


def test_read_yaml_refuses_a_second_document(tmp_path: Path) -> None:
    assert message(written(tmp_path, "a: 1\n---\nb: 2\n")).startswith("a.yaml, line 2: is not valid YAML")


def by_ruamel(text: str) -> object:
    """What another reader of YAML 1.2 makes of it; a string where it takes it for a date."""
    value = YAML(typ="safe", pure=True).load(text)["a"]
    return value if isinstance(value, bool | int | float | str | None) else text[3:].strip()


ODD = "yes no on off true False ~ null 0o17 0x1F 017 1e3 .5 5. -.inf .NaN 1:30 +7 -0 ="
words = st.one_of(
    st.sampled_from(ODD.split()),
    st.integers().map(str),
    st.floats(allow_nan=False).map(repr),
    st.text("0123456789+-xo:", min_size=1, max_size=6),
)


@given(words)
def test_read_yaml_reads_scalars_as_another_reader_of_yaml_1_2_does(word: str) -> None:
    with contextlib.suppress(YAMLError):
        expected = by_ruamel(f"a: {word}\n")
        found = yaml.load(io.StringIO(f"a: {word}\n"), Loader=_Loader)["a"]
        assert type(found) is type(expected)
        assert found == expected or (math.isnan(found) and math.isnan(expected))
