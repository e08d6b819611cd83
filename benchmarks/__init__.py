"""Charterbook side by side with what people would use instead: `make bench` measures, `RESULTS.md` tells.

- `inputs`: which histories are built; `generate`, `example`: where their charters come from
- `handbook`: the same pages for the others, as their users would write them; `rival/` holds their settings
- `contenders`: how each of them is set up and run; `runner`: the environment in which all run
- `check`: no time counts before all of them show the same pages
- `measure`: rounds in which all take turns, and what the figures say; `scenarios`, `serve`, `studies`: what is timed
- `results`, `report`, `chart`: the raw figures as JSON, and the page made from them; `patches`: what patches are worth
"""
