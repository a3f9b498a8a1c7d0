"""Writes data as YAML in every layout that people come up with: indents, brackets, quotes, comments, empty lines, at random."""

import re
from random import Random

from tmfkit.source.document import Data

PLAIN = re.compile(r"[A-Za-z0-9][\w./ €éà+%-]*[\w%]|[A-Za-z0-9]")
WORDS = ("why", "see #12", "two: three", "- not an item", "é")


class OddWriter:
    """One way to write documents; the same `random` writes the same text."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.number = 0
        self.behind_lines = False

    def documents(self, documents: list[Data]) -> str:
        """A whole file."""
        lines: list[str] = []
        for number, data in enumerate(documents):
            if number or self.chance(0.2):
                lines += [*self.noise(0), self.end("---")]
            lines += self.noise(0)
            lines += self.mapping(data, 0) if self.chance(0.9) else [self.end(self.flow(data, 0))]
        lines += self.noise(0)
        return "\n".join(lines) + "\n" * self.random.choice((0, 1, 1, 1, 3))

    def mapping(self, data: Data, indent: int) -> list[str]:
        assert isinstance(data, dict)
        lines: list[str] = []
        keys = list(data)
        if self.chance(0.4):
            self.random.shuffle(keys)
        for number, key in enumerate(keys):
            if number:
                lines += self.noise(indent)
            lines += self.entry(" " * indent + f"{self.scalar(key, key=True)}:", data[key], indent)
        if self.chance(0.1):
            lines += self.noise(indent)
        return lines

    def entry(self, start: str, value: Data, indent: int) -> list[str]:
        """A key or a dash with its value."""
        self.behind_lines = False
        step = self.random.choice((1, 2, 2, 2, 3, 4, 7))
        if isinstance(value, dict) and value and self.chance(0.7):
            return [self.end(start), *self.noise(indent + step), *self.mapping(value, indent + step)]
        if isinstance(value, list) and value and self.chance(0.5):
            inner = indent if start.endswith(":") and self.chance(0.4) else indent + step
            return [self.end(start), *self.noise(inner), *self.items(value, inner)]
        if isinstance(value, dict | list):
            return [self.end(f"{start}{self.space()}{self.flow(value, indent + 2)}")]
        if value is None:
            return [self.end(f"{start}{self.random.choice(('', ' ~', ' null'))}")]
        if self.chance(0.1) and "#" not in value:
            return self.lines_of(start, value, indent, step)
        written = self.scalar(value)
        if self.chance(0.05):
            return [self.end(start), *self.noise(indent + step), self.end(" " * (indent + step) + written)]
        return [self.end(f"{start}{self.space()}{written}")]

    def items(self, items: list[Data], indent: int) -> list[str]:
        lines: list[str] = []
        for number, item in enumerate(items):
            if number:
                lines += self.noise(indent)
            dash = " " * indent + "-"
            if isinstance(item, dict) and item and self.chance(0.5):
                gap = self.random.choice((1, 1, 3))
                first, *more = self.mapping(item, indent + 1 + gap)
                lines += [dash + " " * gap + first.lstrip(" "), *more]
            else:
                lines += self.entry(dash, item, indent)
        return lines

    def lines_of(self, start: str, value: str, indent: int, step: int) -> list[str]:
        """A text as a block of lines, or in quotes over several."""
        margin = " " * (indent + step)
        if "\n" not in value and " " in value.strip() and "  " not in value and self.chance(0.5):
            head, tail = value.split(" ", 1)
            if head.strip() and tail.strip() and not set("\\\"'") & set(value):
                return [f'{start} "{head}', self.end(f'{" " * (indent + step)}{tail}"')]
        if value.strip() and not value.startswith((" ", "\n")) and value == value.rstrip("\n"):
            self.behind_lines = True
            style = self.random.choice(("|-", ">-")) if "\n" not in value else "|-"
            body = [margin + line if line else "" for line in value.split("\n")]
            return [f"{start} {style}", *body, *([""] if self.chance(0.3) else [])]
        return [self.end(f"{start} {self.quoted(value)}")]

    def flow(self, value: Data, indent: int) -> str:
        """A value in brackets, or inside them."""
        if not isinstance(value, dict | list):
            return "null" if value is None else self.scalar(value)
        if isinstance(value, dict):
            colon = ": " if self.chance(0.9) else ":  "
            parts = [f"{self.scalar(key, key=True)}{colon}{self.flow(item, indent + 2)}" for key, item in value.items()]
        else:
            parts = [self.flow(item, indent + 2) for item in value]
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        if not parts:
            return opening + closing
        if self.chance(0.75):
            pad = " " if self.chance(0.2) else ""
            return opening + pad + self.random.choice((", ", ",  ", " , ")).join(parts) + pad + closing
        return opening + self.broken(parts, indent) + closing

    def broken(self, parts: list[str], indent: int) -> str:
        """The content of brackets over several lines."""
        margin = " " * (indent + self.random.choice((0, 1, 4)))
        text = self.random.choice(("", "\n" + margin, "  # opens\n" + margin))
        for number, part in enumerate(parts):
            comma = "," if number < len(parts) - 1 or self.chance(0.3) else ""
            text += part + comma
            if self.chance(0.15):
                text += f" {self.comment()}\n{margin}"
            elif comma:
                text += self.random.choice((" ", "\n" + margin, f"\n{margin}{self.comment()}\n{margin}"))
        return text

    def scalar(self, text: str, *, key: bool = False) -> str:
        if PLAIN.fullmatch(text) and text not in ("null", "~") and self.chance(0.8):
            return text
        if "'" not in text and "\n" not in text and text.isprintable() and self.chance(0.4):
            return f"'{text}'"
        return self.quoted(text)

    def quoted(self, text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    def noise(self, indent: int) -> list[str]:
        """Empty lines and comments between entries."""
        lines: list[str] = []
        while self.chance(0.25):
            margin = " " * max(0, indent + self.random.choice((0, -1, -2) if self.behind_lines else (0, 0, 0, 2, -1, -2)))
            lines.append(self.random.choice(("", "", " " if self.behind_lines else "   ", margin + self.comment())))
        return lines

    def comment(self) -> str:
        self.number += 1
        return f"#{self.random.choice(('', ' ', '  '))}{self.random.choice(WORDS)} {self.number}"

    def end(self, line: str) -> str:
        """The end of a line, with a comment, blanks, or nothing."""
        if self.chance(0.15):
            return line + " " * self.random.choice((1, 2, 9)) + self.comment()
        return line + ("  " if self.chance(0.05) else "")

    def space(self) -> str:
        return " " * self.random.choice((1, 1, 1, 1, 3))

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability
