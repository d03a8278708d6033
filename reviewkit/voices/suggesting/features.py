"""What a model sees of a remark: its words, and where in it they stand."""

from __future__ import annotations

import re
from itertools import pairwise

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[.;:!?\n,()&+-]")
_SENTENCE = frozenset(".;!?\n")
_STEM, _SHORT, _ENDING = 5, 4, 4


def features(text: str) -> list[str]:
    """Return the features of a remark, one entry each time one occurs.

    People tend to begin with what matters most to them, so words of the first sentence (``1:``)
    and of the first phrase (``2:``) stand a second and a third time; a phrase ends with any mark,
    with "and" and with "but". Further: pairs of words, beginnings (``^``) and endings (``$``) of
    longer words, first words (``<``), last word (``>``), and the remark's length (``#``).

    >>> features("Lovely staff, long wait")  # doctest: +ELLIPSIS
    ['lovely', 'staff', 'long', 'wait', '^lovel', '$vely', '$taff', 'lovely staff', ...]
    >>> [name for name in features("Lovely staff, long wait") if name.startswith("2:")]
    ['2:lovely', '2:staff', '2:lovely staff']
    """
    words, sentence, phrase, marks = _read(text)
    found = list(words)
    found += ["^" + word[:_STEM] for word in words if len(word) > _STEM]
    found += ["$" + word[-_ENDING:] for word in words if len(word) > _ENDING]
    found += _pairs(words)
    for tag, part in (("1:", words[:sentence]), ("2:", words[:phrase])):
        found += [tag + word for word in part]
        found += [tag + pair for pair in _pairs(part)]
    found += ["2^" + word[:_SHORT] for word in words[:phrase]]
    found += [f"#{min(2 * (len(words) + 1).bit_length(), 16)}", f"##{min(marks, 8)}"]
    if words:
        found += ["<" + " ".join(words[:length]) for length in (1, 2, 3)] + [">" + words[-1]]
    return found


def shown(feature: str) -> str:
    """Return the words a feature stands for, or ``""`` for what is only a part of a word.

    >>> shown("2:long wait"), shown("^recep")
    ('long wait', '')
    """
    if feature[0] in "^$#" or feature.startswith("2^"):
        return ""
    return feature[2:] if feature[:2] in ("1:", "2:") else feature.lstrip("<>")


def _pairs(words: list[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(words)]


def _read(text: str) -> tuple[list[str], int, int, int]:
    """Words of the text, how many of them its first sentence and first phrase have, and its marks."""
    words: list[str] = []
    sentence = phrase = -1
    marks = 0
    for token in _TOKEN.findall(text.lower().replace("’", "'")):
        mark = not token[0].isalnum()
        marks += mark
        if words:
            if phrase < 0 and (mark or token in ("and", "but")):
                phrase = len(words)
            if sentence < 0 and (token in _SENTENCE or token == "but"):
                sentence = len(words)
        if not mark:
            words.append(token)
    return words, sentence if sentence >= 0 else len(words), phrase if phrase >= 0 else len(words), marks
