"""nbconvert's exporter for reviews: ``jupyter nbconvert --to review notebook.ipynb``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import Enum, default

from reviewkit.model import EDITIONS

from .gate import LIMIT
from .page import read_page
from .plain_outputs import plain_count
from .templates import render


class ReviewExporter(Exporter):
    """Turns an executed notebook into one self-contained page of one edition.

    What a page needs beyond its notebook (navigation, run, status) comes in
    ``resources["review"]``; without it the page stands alone. Outputs that are not views of ours say
    nothing of whom they are for: the team's page that stands alone has them, no other.
    """

    export_from_notebook = "Performance review"
    edition = Enum(list(EDITIONS), default_value="leadership", help="Whom the page is for.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]  # the base says NotebookNode, and means text
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page as text, and the resources.

        Notes
        -----
        The notebook is read, never changed; nothing in it is run or written.
        """
        made = self._init_resources(resources)  # type: ignore[no-untyped-call]
        alone = "review" not in made
        name = str(made.get("metadata", {}).get("name", "")).replace("_", " ")
        page = read_page(nb, self.edition, name=name, plain=alone and self.edition == "team")
        about = {"edition": self.edition, **made.get("review", {})}
        flags = about.get("flags", ())
        about["flag"] = next((flag.words for flag in flags if flag.own or page.links_to(flag.place)), "")
        text = render("index.html.j2", page=page, about=about)
        if alone:
            self._tell(nb, text)
        return text, made

    def _tell(self, nb: NotebookNode, text: str) -> None:
        """Say what the page does not have, or has too much of."""
        plain = plain_count(nb)
        if plain and self.edition != "team":
            self.log.warning(
                "%d output%s without an edition left out: only the team's page shows such "
                "(--ReviewExporter.edition=team)",
                plain,
                " is" if plain == 1 else "s are",
            )
        if (size := len(text.encode())) > LIMIT:
            self.log.warning("The page has %d KB, more than the %d it should", size // 1000, LIMIT // 1000)

    def from_file_path(self, path: Path, about: dict[str, Any]) -> str:
        """Return the page of an executed notebook on disk."""
        import nbformat

        book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        return self.from_notebook_node(book, {"review": about})[0]
