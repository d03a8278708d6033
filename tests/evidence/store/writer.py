"""A writer in a process of its own: codings one after the other, each said aloud once it is kept."""

from __future__ import annotations

import sys
from pathlib import Path

from reviewkit.evidence.store import open_store
from reviewkit.model import read_engagement

CODES = ("training", "morale", "culture")  # written together: all of them, or none


def main(params: Path, coder: str, puts: int, codes: tuple[str, ...]) -> None:
    with open_store(read_engagement(params), params) as store:
        for number in range(puts):
            remark = {"remark_id": f"R{number}", "coder": coder}
            store.put("codings", [remark | {"code": code} for code in codes], by=coder)
            print(number, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), CODES[: int(sys.argv[4])])
