"""Changes of a codebook, what they do to codings, and its exchange as CSV, YAML and REFI-QDA."""

from .apply import changed
from .change import Change, edit, merge, move, rename, retire, split
from .current import current
from .files import read_codebook_file, write_codebook_file
from .recode import LeftOut, left_out, recoded
from .rows import change_of, row_of
from .told import listed, told

__all__ = [
    "Change",
    "LeftOut",
    "change_of",
    "changed",
    "current",
    "edit",
    "left_out",
    "listed",
    "merge",
    "move",
    "read_codebook_file",
    "recoded",
    "rename",
    "retire",
    "row_of",
    "split",
    "told",
    "write_codebook_file",
]
