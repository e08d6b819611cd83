"""`charterbook sign`."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from charterbook.cli.day_option import day
from charterbook.cli.editable_charter import EditableCharter
from charterbook.cli.group import text
from charterbook.cli.handbook import Handbook, config_file
from charterbook.cli.notices import COMMIT_SIGN_OFF, LATER_DAY, NO_ROLE, SAME_SIGN_OFF, notice, words
from charterbook.errors import CharterbookError
from charterbook.terminal import show

if TYPE_CHECKING:
    from charterbook.charter.review_section import SignOff
    from charterbook.propose import Proposal

#: The decisions of a sign-off, as in the charter, and whether they can have a condition.
_DECISIONS = {"approved": False, "approved_with_condition": True, "rejected": True, "pending": False}


@click.command()
@config_file
@click.argument("role", type=text)
@click.option("--decision", type=click.Choice(list(_DECISIONS)), required=True, help="What was decided.")
@click.option(
    "--condition", type=text, help="The condition, or what has to change before a rejected charter is agreed."
)
@click.option(
    "--date",
    "day",
    type=day,
    metavar="DAY",
    help="The day of the decision, if not today.",
)
@click.option(
    "--output", help="Write a proposal to this file, - for standard output, instead of changing the charter."
)
def sign(
    book: Handbook,
    role: str,
    decision: str,
    condition: str | None,
    day: datetime.datetime | None,
    output: str | None,
) -> None:
    """Record ROLE's decision on the charter on disk, with a fingerprint of its content.

    ROLE is the id or the name of a role, or plain words in a charter without roles. An earlier sign-off of the role is
    replaced. Everything else in charter.yml stays byte for byte. Commit the file, signed if git is set up for that.
    """
    from charterbook.cli.proposal_file import write_proposal

    _check_condition(decision, condition)
    target = _SignedCharter(book)
    signed = target.sign_off(role, decision, condition, target.day(day.date() if day else None))
    proposal = target.proposal(signed)
    if output is not None:
        write_proposal(book, proposal, output, err=True)
        return
    show(target.apply(proposal))
    if signed.agreed:
        notice(COMMIT_SIGN_OFF, target.charter.language, role=signed.role, fingerprint=signed.agreed)


def _check_condition(decision: str, condition: str | None) -> None:
    if decision == "approved_with_condition" and not (condition or "").strip():
        raise click.UsageError("--decision approved_with_condition needs --condition TEXT.")
    if condition is not None and not _DECISIONS[decision]:
        raise click.UsageError(
            f"--decision {decision} has no condition; did you mean approved_with_condition?"
        )


class _SignedCharter(EditableCharter):
    """The charter that gets a sign-off. Raises CharterError if it has errors."""

    def day(self, requested: datetime.date | None) -> datetime.date:
        """The day of the decision. Raises CharterbookError for a day in the future."""
        if requested is not None and requested > self.today:
            raise self._refused(LATER_DAY, day=requested, today=self.today)
        return requested or self.today

    def sign_off(self, role: str, decision: str, condition: str | None, day: datetime.date) -> SignOff:
        """The sign-off with its fingerprint; a pending one has neither a day nor a fingerprint."""
        from charterbook.charter.review_section import SignOff
        from charterbook.signing import content_digest, fingerprint_of

        known: dict[str, object] = {"role": self._role(role), "decision": decision}
        if condition is not None:
            known["condition"] = condition.strip()
        if decision == "pending":
            return SignOff.model_validate(known)
        signed = SignOff.model_validate({**known, "date": day})
        return signed.model_copy(update={"agreed": fingerprint_of(content_digest(self.charter), signed)})

    def _refused(self, message: str, **facts: object) -> CharterbookError:
        return CharterbookError(words(message, self.charter.language, **facts))

    def _role(self, name: str) -> str:
        """The id of a role. Raises CharterbookError for a role that is not in the charter."""
        from charterbook.suggestions import closest

        if not self.charter.roles:
            return name
        ids = {role.id: role.id for role in self.charter.roles}
        ids |= {role.name: role.id for role in reversed(self.charter.roles) if role.name not in ids}
        if name not in ids:
            raise self._refused(NO_ROLE, role=name, advice=closest(name, ids))
        return ids[name]

    def proposal(self, signed: SignOff) -> Proposal:
        """The proposal that records a sign-off. Raises CharterbookError if nothing changes."""
        from charterbook.charter import Review
        from charterbook.i18n import translator
        from charterbook.propose import Proposal, changes_between
        from charterbook.signing.state_words import sign_off_reason

        review = self.charter.review or Review()
        former = [one.role for one in review.sign_offs]
        signs = [signed if one.role == signed.role else one for one in review.sign_offs]
        signs += [signed] * (signed.role not in former)
        later = review.model_copy(update={"sign_offs": signs})
        changes = changes_between(self.charter, self.charter.model_copy(update={"review": later}))
        if not changes:
            raise self._refused(SAME_SIGN_OFF)
        label = next((role.name for role in self.charter.roles if role.id == signed.role), signed.role)
        reason = sign_off_reason(label, translator(self.charter.language))
        return Proposal(reason, changes, None, self.settings.charter)
