"""Print docs/tables.md: every evidence table and column, from the schemas that check them."""

from reviewkit.model import TABLES, Column


def about(column: Column) -> str:
    """Say what a column may hold."""
    parts = [column.meaning]
    if column.allowed:
        parts.append("one of " + ", ".join(f"`{value}`" for value in column.allowed))
    if column.minimum is not None or column.maximum is not None:
        low = "" if column.minimum is None else f"from {column.minimum:g}"
        high = "" if column.maximum is None else f"to {column.maximum:g}"
        parts.append(f"{low} {high}".strip())
    if column.unit:
        parts.append(f"in {column.unit}")
    return "; ".join(parts)


def dictionary() -> str:
    """Return the page."""
    lines = [
        "# Tables",
        "Written by `make schema` from `reviewkit/model/tables/`. Every table is optional.",
        "",
    ]
    for table in TABLES.values():
        lines += [f"## {table.name}", f"{table.meaning}. {table.collect}", ""]
        lines += ["| column | kind | must be filled | meaning |", "|---|---|---|---|"]
        for column in table.columns:
            must = "yes" if column.required else ""
            lines.append(f"| {column.name} | {column.kind} | {must} | {about(column)} |")
        if table.key:
            lines.append(f"\nNo two rows have the same {', '.join(table.key)}.")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    print(dictionary(), end="")
