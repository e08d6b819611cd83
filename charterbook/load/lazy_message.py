"""Words that wait to be said in the language of a charter: a message, and the facts that fill it in."""

from __future__ import annotations

from charterbook.i18n import Translator


class LazyMessage:
    """A message of the catalogs with what stands in its places.

    A fact is a text that is the same in every language, a number, or a phrase itself.
    """

    def __init__(self, message: str, /, **facts: Fact) -> None:
        self.message, self.facts = message, facts

    def text(self, words: Translator) -> str:
        """The phrase in one language."""
        if not self.message:
            return ""
        return words.gettext(self.message) % {
            name: _fact_text(fact, words) for name, fact in self.facts.items()
        }


#: What may stand in a place of a message.
Fact = str | float | LazyMessage


def _fact_text(fact: Fact, words: Translator) -> str:
    if isinstance(fact, LazyMessage):
        return fact.text(words)
    return fact if isinstance(fact, str) else words.number(fact)
