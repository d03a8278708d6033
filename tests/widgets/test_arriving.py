"""A press counts what was typed before it, though a busy kernel hears of the press first."""

from __future__ import annotations

import asyncio

import ipywidgets as w

from reviewkit.widgets.arriving import once_arrived
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


def test_presses_are_done_in_their_order_and_one_that_fails_holds_up_no_other() -> None:
    seen = list[str]()

    def fails() -> None:
        seen.append("fails")
        raise RuntimeError("a fault of the code")

    async def pressed() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        for does in (fails, lambda: seen.append("second"), lambda: seen.append("third")):
            button("Press", does).click()
        once_arrived(lambda: seen.append("chosen"), written_only=True)
        while len(seen) < 4:
            await asyncio.sleep(0.05)

    asyncio.run(asyncio.wait_for(pressed(), 10))
    assert seen == ["fails", "second", "third", "chosen"]


def test_a_press_where_no_loop_runs_is_done_at_once() -> None:
    seen = list[str]()
    button("Save", lambda: seen.append("done")).click()
    assert seen == ["done"]
