"""A press counts what was typed before it, though a busy kernel hears of the press first."""

from __future__ import annotations

import asyncio

import ipywidgets as w

from reviewkit.widgets.parts import button, field


def test_a_press_waits_for_words_that_arrive_after_it() -> None:
    text, seen = field(w.Text, "Why"), list[str]()
    save = button("Save", lambda: seen.append(text.value))

    async def typed() -> None:
        text.set_state({"value": "See"})
        save.click()
        await asyncio.sleep(0.05)
        assert seen == []
        text.set_state({"value": "Seen on site"})
        while not seen:
            await asyncio.sleep(0.05)

    asyncio.run(asyncio.wait_for(typed(), 10))
    assert seen == ["Seen on site"]


def test_a_press_where_no_loop_runs_is_done_at_once() -> None:
    seen = list[str]()
    button("Save", lambda: seen.append("done")).click()
    assert seen == ["done"]
