"""Detection of a build of a pull request by the variables of its host."""

from __future__ import annotations

import os
import re

#: Environment variables in which well-known hosts give the number, the address or the branch of a pull request.
_NAME = re.compile(
    r"(?:.*_)?(?:PULL|MERGE)_REQUEST(?:_(?:ID|IID|NUMBER))?|.+_PR_(?:ID|NUMBER)|CIRRUS_PR"
    r"|SYSTEM_PULLREQUEST_PULLREQUEST(?:ID|NUMBER)|CHANGE_ID|GITHUB_HEAD_REF"
)
#: Values that say that there is none.
_NONE = ("", "0", "false")


def request_variables() -> list[str]:
    """The environment variables that say that a pull request is built; empty for any other build."""
    return sorted(
        name for name, value in os.environ.items() if _NAME.fullmatch(name) and value.lower() not in _NONE
    )
