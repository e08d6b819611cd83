"""What the other contenders are given: the settings and the `macros.py` of a good user of theirs."""
