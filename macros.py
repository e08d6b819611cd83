"""What the pages of docs/ may call: Charterbook's macros. Add your own below `define_env`'s import."""

from charterbook.site.macros import define_env

__all__ = ["define_env"]
