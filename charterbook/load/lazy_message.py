"""A message that is translated when it is shown, with the facts that fill it in."""

from __future__ import annotations

from charterbook.i18n import Translator


class LazyMessage:
    """A message of the catalogs with its parameters.

    A fact is a language-independent text, a number, or a nested message.
    """

    def __init__(self, message: str, /, **facts: Fact) -> None:
        self.message, self.facts = message, facts

    def text(self, words: Translator) -> str:
        """The message in one language."""
        if not self.message:
            return ""
        return words.gettext(self.message) % {
            name: _fact_text(fact, words) for name, fact in self.facts.items()
        }


#: A parameter of a message.
Fact = str | float | LazyMessage


def _fact_text(fact: Fact, words: Translator) -> str:
    if isinstance(fact, LazyMessage):
        return fact.text(words)
    return fact if isinstance(fact, str) else words.number(fact)
