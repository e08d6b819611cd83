"""A random history of charters, with the successors of each service."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.site.editions import charter

RISKS = [{"id": "delay", "name": "Delay"}]


@dataclass
class RandomHistory:
    """A charter that changes step by step. `successors` maps each id that ever existed to its present items."""

    chance: Random
    services: dict[str, list[str]] = field(default_factory=lambda: {"s0": []})
    successors: dict[str, set[str]] = field(default_factory=lambda: {"s0": {"s0"}})
    has_risks: bool = True
    count: int = 0

    def step(self) -> None:
        """Change identities in one way."""
        if self.chance.random() < 0.3:
            self.services = {id_: [] for id_ in self.services}  # somebody tidies `was` away
        steps = [self.rename, self.split, self.merge, self.remove, self.add, self.toggle]
        self.chance.choice(steps)()

    def rename(self) -> None:
        self.became([self.any()], [self.new()])

    def split(self) -> None:
        old = self.any()
        self.became([old], [self.new(), self.new()])

    def merge(self) -> None:
        old = self.chance.sample(sorted(self.services), min(2, len(self.services)))
        self.became(old, [self.chance.choice([old[0], self.new()])])

    def remove(self) -> None:
        if len(self.services) > 1:
            self.became([self.any()], [])

    def add(self) -> None:
        new = self.new()
        self.services[new], self.successors[new] = [], {new}

    def toggle(self) -> None:
        self.has_risks = not self.has_risks

    def any(self) -> str:
        return self.chance.choice(sorted(self.services))

    def new(self) -> str:
        self.count += 1
        return f"s{self.count}"

    def became(self, old: list[str], new: list[str]) -> None:
        for id_ in old:
            del self.services[id_]
        for id_ in new:
            self.services[id_] = [name for name in old if name != id_]
            self.successors.setdefault(id_, {id_})
        for now in self.successors.values():
            if now & set(old):
                now -= set(old)
                now |= set(new)

    def charter(self) -> Any:
        listed = [
            {"id": id_, "name": id_.upper(), "summary": "A service."} | ({"was": was} if was else {})
            for id_, was in self.services.items()
        ]
        return charter(services=listed, **({"risks": RISKS} if self.has_risks else {}))
