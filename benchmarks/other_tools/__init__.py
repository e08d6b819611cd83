"""Settings and `macros.py` of the other contenders, as their users would write them."""
