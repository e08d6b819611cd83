"""Who gets nothing, and what nobody gets.

Warns of an audience that uses services but is named by none that is running or to come, and hints at
a service that names no audience. Retired services do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.charter import Charter
from charterbook.places import Places
from charterbook.problems import Problem, inert
from charterbook.words import words


def check(charter: Charter, places: Places) -> Iterator[Problem]:
    """Gives audiences without a service and services without an audience."""
    _ = words(charter.language).gettext
    running = [service for service in charter.services if service.status != "retired"]
    served = {audience for service in running for audience in service.audiences}
    for index, audience in enumerate(charter.audiences):
        if audience.part != "contributes" and audience.id not in served:
            text = _('no service is for the audience "%(name)s"') % {"name": inert(audience.name)}
            fix = _('Add "%(id)s" to the audiences of a service, or say part: contributes.')
            place = places.of(("audiences", index, "id"))
            yield Problem(*place, "coverage", "warning", text, fix % {"id": audience.id})
    for index, service in enumerate(charter.services):
        if service in running and not service.audiences:
            text = _('the service "%(name)s" is for no audience') % {"name": inert(service.name)}
            fix = _("Say whom it is for, for example: audiences: [%(id)s].")
            place = places.of(("services", index, "id"))
            yield Problem(*place, "coverage", "hint", text, fix % {"id": charter.audiences[0].id})
