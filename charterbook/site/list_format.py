"""The format of the lists that scripts of pages fetch.

Styles and scripts have a hash in their address. The address of a list is fixed, since pages of finished versions have
to find newer versions. So a script can get a list of a different release. If its number differs, the script asks the
reader to reload the page.
"""

from __future__ import annotations

#: Increase it, here and in the scripts, with each change of a list that scripts cannot ignore.
FORMAT = 2
