"""The format of the lists that scripts of pages fetch.

Styles and scripts have a hash in their address; lists do not, since pages of finished versions have to know newer ones. A script
may thereby meet a list of another release. It compares the number and asks the reader to reload the page where it differs.
"""

from __future__ import annotations

#: To be raised, here and in the scripts, whenever a list changes in a way that they have to know.
FORMAT = 1
