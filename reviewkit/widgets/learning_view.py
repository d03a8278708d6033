"""Suggestions that learn from the analysts' codes while the analyst goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import ipywidgets as w

from reviewkit.model import InputError

from .coding_model import CodingModel
from .parts import Said, button, note, row
from .telling import told


class LearningView:
    """The button that trains the suggestions, and what they learned from.

    Parameters
    ----------
    changed : called when suggestions have changed.
    """

    def __init__(self, model: CodingModel, said: Said, changed: Callable[[], None]) -> None:
        self.model, self.said, self._changed = model, said, changed
        self.learn = button("Learn from the codes", self._start, hint="Better suggestions; takes a while")
        self.learned = w.HTML()
        self.widget = row(self.learn, self.learned)

    def show(self) -> None:
        """Show from how many remarks the suggestions learned."""
        count = self.model.suggester.learned_from
        self.learned.value = note(f"Suggestions learned from {count} remarks." if count else "")

    def _start(self) -> None:
        try:
            lessons = self.model.lessons()
        except InputError as error:
            self.said.say(told(error), trouble=True)
            return
        self.learn.disabled = True
        self.learned.value = note(f"Learning from {len(lessons[0])} remarks; go on meanwhile …")
        self._task = asyncio.get_running_loop().create_task(self.learning(*lessons))

    async def learning(self, texts: list[str], labels: list[set[str]]) -> None:
        """Learn from texts and their codes, off the loop, and take the suggestions from it."""
        try:
            made = await asyncio.to_thread(self.model.suggester.learned, texts, labels)
            await asyncio.to_thread(made.frame, self.model.shelf.frame["text"].tolist())
        except ValueError as error:
            self.said.say(f"Nothing could be learned: {error}", trouble=True)
        else:
            self.model.follow(made)
            self._changed()
        finally:
            self.learn.disabled = False
