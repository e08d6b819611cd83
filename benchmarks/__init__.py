"""Benchmarks of Charterbook against alternative tools: `make bench` measures, `RESULTS.md` has the results.

- `inputs`: the benchmarked histories; `generate`, `example`: sources of their charters
- `handbook`: the same pages for the other tools, as their users would write them; `other_tools/` has their settings
- `contenders`: setup and execution of each tool; `runner`: the environment of all runs
- `check`: verification that all tools show the same pages, before any timing
- `measure`: interleaved rounds and statistics; `scenarios`, `serve`, `studies`: the timed work
- `results`, `report`, `chart`: the raw figures as JSON, and the page made from them; `patches`: the gain of each patch
"""
