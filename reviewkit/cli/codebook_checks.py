"""``reviewkit codebook sample`` and ``settle``: have remarks coded twice, and settle what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .telling import told


def sample(
    params: Annotated[Path, typer.Argument(help="The params file, such as params/contact_centre.yaml.")],
    size: Annotated[int | None, typer.Option(min=1, help="How many; worked out where left out.")] = None,
    width: Annotated[
        float, typer.Option(help="How wide kappa's 95 % interval may be, from limit to limit.")
    ] = 0.3,
    prevalence: Annotated[float, typer.Option(help="Share of remarks that carry a theme.")] = 0.15,
    seed: Annotated[int, typer.Option(help="The same seed draws the same remarks.")] = 20250801,
    by: Annotated[str, typer.Option(help="Who draws it, by role.")] = "Review team",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be drawn; write nothing.")
    ] = False,
) -> None:
    """Draw the remarks that a second person codes without seeing codes or suggestions.

    The sample is drawn in proportion from each suggested theme and department. Drawing again adds to it.
    """
    import datetime as dt

    from reviewkit.model import InputError
    from reviewkit.voices import ThemeCoder
    from reviewkit.voices.agreement import blind_sample, size_for_width
    from reviewkit.voices.codebooks.desk import desk

    with told():
        found = desk(params)
        texts = found.texts[found.texts["text"].str.strip() != ""]
        drawn = found.frames["blind_sample"]["remark_id"]
        coders = found.codings.groupby("remark_id")["coder"].nunique()
        there = set(drawn) | set(coders.index[coders > 1])
        pool = texts[~texts["remark_id"].isin(there)]
        if pool.empty:
            raise InputError("every remark was drawn, or coded twice, before", file=params)
        wanted = size or size_for_width(width, prevalence=prevalence)
        made = ThemeCoder(found.codebook.active).suggest(pool["text"]).set_axis(pool.index)
        theme = made["theme"].where(made["accepted"], "no suggestion")
        chosen = blind_sample(pool.assign(theme=theme), wanted, seed=seed)
        if size is None:
            said = f"{wanted} remarks make the interval of kappa {width:g} wide"
            typer.echo(f"{said}, where kappa is 0.7 and {prevalence:.0%} of remarks carry the theme.")
        strata = chosen["stratum"].nunique()
        typer.echo(
            f"{len(chosen)} of {len(pool)} remarks drawn from {strata} strata of theme and department."
        )
        if len(there):
            typer.echo(f"{len(there)} drawn or coded twice before were left out.")
        if dry_run:
            typer.echo("Nothing was written.")
            return
        rows = chosen.assign(role=by, drawn_on=dt.date.today().isoformat()).to_dict("records")
        batch = found.put("blind_sample", [{str(k): v for k, v in row.items()} for row in rows], by=by)
        typer.echo(f"Written. To take it back: reviewkit trail {params} --undo {batch}")


def settle(
    params: Annotated[Path, typer.Argument(help="The params file, such as params/contact_centre.yaml.")],
    remark: Annotated[str, typer.Argument(help="The remark, by id.")],
    code: Annotated[str, typer.Argument(help="The code in question, by id.")],
    holds: Annotated[bool, typer.Option("--holds/--does-not-hold", help="Whether the code holds.")],
    memo: Annotated[str, typer.Option(help="Why, so that the next such remark is coded alike.")],
    by: Annotated[str, typer.Option(help="Who settled it, by role.")],
    stance: Annotated[str, typer.Option(help="concern, strength or suggestion.")] = "",
) -> None:
    """Settle what coders coded differently, with a memo; first codings and their agreement stay."""
    import datetime as dt

    from reviewkit.model import InputError
    from reviewkit.voices.codebooks.change import known
    from reviewkit.voices.codebooks.desk import desk

    with told():
        found = desk(params)
        known(found.codebook, code)
        if remark not in set(found.texts["remark_id"]):
            raise InputError(f"there is no remark '{remark}'", file=params, fix="Name it by its id.")
        if not memo.strip():
            raise InputError(
                "the memo is empty", fix="Say why: --memo 'asked for a decision, not for thanks'."
            )
        row = {
            "remark_id": remark,
            "code": code,
            "holds": "true" if holds else "false",
            "stance": stance,
            "memo": memo.strip(),
            "role": by,
            "resolved_on": dt.date.today().isoformat(),
        }
        batch = found.put("resolutions", [row], by=by, why=memo.strip())
        verb = "holds" if holds else "does not hold"
        typer.echo(f"Settled: '{code}' {verb} for {remark}.")
        typer.echo(f"To take it back: reviewkit trail {params} --undo {batch}")
