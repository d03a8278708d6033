"""A causal map: conditions, the gaps they go with, and on each line the evidence for it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from .chart import Chart
from .palette import COMMON, CONCERN, FILL, INK, MUTED, PAPER
from .svg import drawing, figure
from .words import sentence

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes

VERDICT_LINES = {
    "supported": ("-", 2.0, CONCERN),
    "contradicted": (":", 0.9, MUTED),
    "inconclusive": ("--", 1.2, MUTED),
}
LEFT, RIGHT = 0.30, 0.70
"""Where the boxes of the conditions end and those of the gaps begin, as shares of the width."""
ROW = 50
"""Height of a line with its evidence, in pixels."""
HEADS = {"cause": "Cause", "gap": "Gap", "verdict": "Verdict", "evidence": "Evidence"}


def causal_graph(edges: pd.DataFrame) -> nx.DiGraph[tuple[str, str]]:
    """Return the links as a directed graph: ``("cause", name)`` to ``("gap", name)``.

    Each edge keeps ``verdict`` and ``evidence``. What hangs together is one weakly connected part.

    Examples
    --------
    >>> graph = causal_graph(pd.DataFrame({"cause": ["Training"], "gap": ["Handle time"],
    ...                                    "verdict": ["supported"], "evidence": ["correlation 0.4"]}))
    >>> graph.edges[("cause", "Training"), ("gap", "Handle time")]["verdict"]
    'supported'
    """
    import networkx as nx

    graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    told = edges if "evidence" in edges else edges.assign(evidence="")
    for row in told.to_dict("records"):
        ends = ("cause", str(row["cause"])), ("gap", str(row["gap"]))
        graph.add_edge(*ends, verdict=str(row["verdict"]), evidence=str(row["evidence"]))
    return graph


def causal_map(
    edges: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "Solid: supported by its test. Dashed: inconclusive. Dotted: contradicted or not tested.",
    source: str = "",
    alt: str = "",
    key: str,
) -> Chart:
    """Draw conditions on the left, gaps on the right, and on the line between them its evidence.

    Every line has a row of its own, so that no label stands on another; what hangs together
    stands together.

    Parameters
    ----------
    edges : ``cause``, ``gap`` (both as they shall appear), ``verdict`` and, where told,
        ``evidence`` in a few words.
    """
    graph = causal_graph(edges)
    links = _ordered(graph)
    rows = {link: float(place) for place, link in enumerate(links)}
    places = _places(graph, rows)
    with drawing():
        drawn = figure(20 + ROW * max(len(links), 1))
        axes = drawn.subplots()
        axes.set_axis_off()
        for (start, end), row in rows.items():
            _link(axes, (places[start], row, places[end]), graph.edges[start, end])
        for node, place in places.items():
            _box(axes, 0.0 if node[0] == "cause" else RIGHT, place, node[1])
        axes.set_xlim(-0.01, 1.01)
        axes.set_ylim(len(links) - 0.4, -0.6)
    held = [(start, end) for start, end in links if graph.edges[start, end]["verdict"] == "supported"]
    told = "; ".join(f"{start[1]} goes with {end[1]}" for start, end in held) or "none"
    message = alt or f"Map of causes and gaps. {sentence(title)} Supported: {told}."
    data = edges[[name for name in HEADS if name in edges]].rename(columns=HEADS)
    return Chart(drawn, title, subtitle, source, message, data, key)


@dataclass(frozen=True)
class MapLinks:
    """The links of a map in words, for screens too narrow to read the drawing; it stands right after it.

    Parameters
    ----------
    edges : as :func:`causal_map` takes them.

    Examples
    --------
    >>> edges = pd.DataFrame({"cause": ["Training"], "gap": ["Handle time"], "verdict": ["supported"],
    ...                       "evidence": ["correlation 0.38, p = 0.034"]})
    >>> "Training and Handle time</strong> supported: correlation 0.38" in MapLinks(edges).html()
    True
    """

    edges: pd.DataFrame

    def html(self) -> str:
        """Return the block as HTML, all text in it escaped."""
        graph = causal_graph(self.edges)
        rows = Markup("").join(
            Markup("<li><strong>{} and {}</strong> {}</li>").format(
                start[1], end[1], _told(graph.edges[start, end])
            )
            for start, end in sorted(
                _ordered(graph), key=lambda link: graph.edges[link]["verdict"] != "supported"
            )
        )
        return str(Markup('<ul class="rk-links">{}</ul>').format(rows)) if rows else ""


def _told(edge: dict[str, str]) -> str:
    return ": ".join(part for part in (edge["verdict"], edge["evidence"]) if part)


Node = tuple[str, str]


def _ordered(graph: nx.DiGraph[Node]) -> list[tuple[Node, Node]]:
    """Return the links row by row: connected parts one after another, within them few crossings."""
    import networkx as nx

    first = {node: place for place, node in enumerate(graph.nodes)}
    parts = sorted(nx.weakly_connected_components(graph), key=lambda part: min(first[node] for node in part))
    links: list[tuple[Node, Node]] = []
    for part in parts:
        mine = sorted(graph.subgraph(part).edges, key=lambda link: (first[link[0]], first[link[1]]))
        # Gaps stand at the mean row of their causes (Sugiyama's barycentre), twice round.
        for side in (1, 0, 1, 0):
            mean = {
                node: sum(row for row, link in enumerate(mine) if link[side] == node)
                / sum(1 for link in mine if link[side] == node)
                for node in {link[side] for link in mine}
            }
            mine.sort(key=lambda link: (mean[link[side]], first[link[side]]))
        links += mine
    return links


def _places(graph: nx.DiGraph[Node], rows: dict[tuple[Node, Node], float]) -> dict[Node, float]:
    """Return the height of each box: the mean of its links' rows, moved apart where boxes would meet."""
    mean = {
        node: sum(row for link, row in rows.items() if node in link) / max(graph.degree(node), 1)
        for node in graph.nodes
    }
    places: dict[Node, float] = {}
    for side in ("cause", "gap"):
        nodes = sorted((node for node in graph.nodes if node[0] == side), key=lambda node: mean[node])
        for place, node in enumerate(nodes):
            room = len(rows) - len(nodes) + place
            below = places[nodes[place - 1]] + 1.0 if place else 0.0
            places[node] = min(max(mean[node], below), float(room))
    return places


def _link(axes: Axes, heights: tuple[float, float, float], told: dict[str, Any]) -> None:
    """Draw the line from a cause by way of its own row to a gap, with its evidence upon it."""
    start, row, end = heights
    style, width, colour = VERDICT_LINES.get(told["verdict"], (":", 0.9, MUTED))
    line: dict[str, Any] = {"linestyle": style, "linewidth": width, "color": colour}
    middle = ((LEFT + 0.06, row), (RIGHT - 0.06, row))
    axes.plot([LEFT, middle[0][0], middle[1][0]], [start, row, row], solid_capstyle="round", **line)
    ends = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 1, **line}
    axes.annotate("", (RIGHT, end), middle[1], arrowprops=ends)
    words = f"{told['verdict']}\n{told['evidence']}".strip()
    axes.annotate(
        words,
        (0.5, row),
        ha="center",
        va="center",
        fontsize=9,
        color=INK,
        bbox={"boxstyle": "square,pad=0.15", "facecolor": PAPER, "edgecolor": "none"},
    )


def _box(axes: Axes, x: float, place: float, name: str) -> None:
    """Draw a box with the name of a cause or gap in it."""
    from matplotlib.patches import Rectangle

    shape = Rectangle(
        (x, place - 0.36), LEFT, 0.72, facecolor=FILL, edgecolor=COMMON, linewidth=0.8, zorder=3
    )
    axes.add_patch(shape)
    text = textwrap.fill(name, 20, max_lines=2, placeholder="…")
    axes.annotate(text, (x + LEFT / 2, place), ha="center", va="center", fontsize=10, color=INK, zorder=4)
