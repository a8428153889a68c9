"""What an operator looks at: one line of a function, and what the function around it is made of."""

from collections import Counter
from functools import cached_property

from ..languages import BY_NAME, Source

OPERAND_KEYWORDS = frozenset("self Self this super None True False true false nil null undefined NULL nullptr".split())
TYPE_WORDS = frozenset("int char float double bool boolean long short unsigned void String Int Bool Double".split())


class Region(Source):
    """A function as prompts show it, with the names it uses."""

    def __init__(self, lines: list[str], language: str):
        super().__init__("\n".join(lines), BY_NAME[language])

    def texts_where(self, condition, most: int) -> list[str]:
        counts = Counter(t.text for i, t in enumerate(self.tokens) if condition(i, t))
        return [text for text, _ in counts.most_common(most)]

    def before(self, index: int) -> str:
        return self.tokens[index - 1].text if index else ""

    def after(self, index: int) -> str:
        return self.tokens[index + 1].text if index + 1 < len(self.tokens) else ""

    def is_member(self, index: int) -> bool:
        return self.before(index) in (".", "?.", "->", "::")

    def is_label(self, index: int) -> bool:
        """The name of an argument: `f(name=…)` or `f(name: …)`."""
        inside = self.tokens[index].depth > 0 and self.before(index) in ("(", ",")
        return inside and self.after(index) == ("=" if self.language.name == "python" else ":")

    def is_variable(self, index: int) -> bool:
        token = self.tokens[index]
        return (
            token.kind == "name" and not self.is_member(index) and not self.is_label(index)
            and self.after(index) not in ("(", "::") and self.before(index) not in ("def", "func", "fn", "function", "@", "class", "->", "new"))

    @cached_property
    def variables(self) -> list[str]:
        return self.texts_where(lambda i, t: self.is_variable(i), 20)

    @cached_property
    def attributes(self) -> list[str]:
        return self.texts_where(lambda i, t: t.kind == "name" and self.is_member(i) and self.after(i) != "(", 14)

    @cached_property
    def methods(self) -> list[str]:
        return self.texts_where(lambda i, t: t.kind == "name" and self.is_member(i) and self.after(i) == "(", 12)

    @cached_property
    def functions(self) -> list[str]:
        first = self.tokens[0].line if self.tokens else 0
        called = lambda i, t: t.kind == "name" and not self.is_member(i) and self.after(i) == "(" and t.line > first
        return self.texts_where(called, 12)

    @cached_property
    def labels(self) -> list[str]:
        return self.texts_where(lambda i, t: t.kind == "name" and self.is_label(i), 8)

    @cached_property
    def strings(self) -> list[str]:
        return self.texts_where(lambda i, t: t.kind == "string" and t.last_line == t.line and len(t.text) < 40, 8)

    @cached_property
    def numbers(self) -> list[str]:
        return self.texts_where(lambda i, t: t.kind == "number", 6)

    @cached_property
    def conditions(self) -> list[str]:
        sites = (Site(self, line) for line in sorted(self.by_line))
        return list(dict.fromkeys(s.text(*span) for s in sites if (span := s.condition)))[:8]

    @cached_property
    def mutable_lines(self) -> list[int]:
        """Lines that hold something of a statement: not the header, not what is punctuation alone, not the inside of a string."""
        header = self._last_line_of_header()
        says = lambda line: any(self.tokens[i].kind != "operator" for i in self.by_line[line])
        whole = lambda line: line not in self.inside_string and all(self.tokens[i].last_line == line for i in self.by_line[line])
        return [line for line in sorted(self.by_line) if line > header and says(line) and whole(line)]

    def _last_line_of_header(self) -> int:
        end = ":" if self.language.name == "python" else "{"
        return next((t.line for t in self.tokens if t.text == end and t.depth == 0), 0)


class Site:
    """A line of a region. Spans are of tokens, `[first, end)`."""

    def __init__(self, region: Region, line: int):
        self.region, self.line = region, line
        self.content = region.lines[line]
        self.span = region.by_line[line]
        self.indent = self.content[: len(self.content) - len(self.content.lstrip())]
        self.is_python = region.language.name == "python"

    @property
    def tokens(self):
        return [(i, self.region.tokens[i]) for i in self.span]

    def at(self, index: int) -> str:
        return self.region.tokens[index].text if index in self.span else ""

    def text(self, first: int, end: int) -> str:
        return self.content[self.region.tokens[first].start : self.region.tokens[end - 1].end] if end > first else ""

    def put(self, first: int, end: int, new: str) -> str:
        """The line with some tokens replaced; an empty span is a place before token `first`."""
        start = self.region.tokens[first].start if first in self.span else len(self.content)
        finish = self.region.tokens[end - 1].end if end > first else start
        return self.content[:start] + new + self.content[finish:]

    def cut(self, first: int, end: int) -> str:
        """The line without some tokens and without the space before them."""
        start = self.region.tokens[first - 1].end if first - 1 in self.span else self.region.tokens[first].start
        return self.content[:start] + self.content[self.region.tokens[end - 1].end :]

    def closing(self, opening: int) -> int | None:
        """The bracket that closes another on the same line."""
        partner = self.region.partner.get(opening)
        return partner if partner is not None and partner in self.span else None

    def primary(self, first: int) -> int:
        """Where the postfix chain that begins at a token ends: `a.b(c)[d]`."""
        opens = self.at(first) in ("(", "[")
        end = self.closing(first) if opens else first
        if end is None:
            return first
        end += 1
        while end in self.span:
            text = self.at(end)
            if text in (".", "?.", "->", "::") and end + 1 in self.span and self.region.tokens[end + 1].kind in ("name", "keyword"):
                end += 2
            elif text in ("(", "[") and self.region.tokens[end].start == self.region.tokens[end - 1].end:
                partner = self.closing(end)
                if partner is None:
                    return first
                end = partner + 1
            else:
                break
        return end

    def is_operand(self, index: int) -> bool:
        token = self.region.tokens[index]
        if token.kind in ("number", "string"):
            return True
        if token.kind == "name":
            return not self.region.is_member(index) and not self.region.is_label(index)
        return token.text in OPERAND_KEYWORDS and not self.region.is_member(index)

    @property
    def operands(self) -> list[tuple[int, int]]:
        """The line's simple expressions that are read: not what is defined or assigned to."""
        target = self.assignment
        bound = self.loop_variables
        found = []
        for index in self.span:
            if self.is_operand(index) and (target is None or index > target) and index not in bound:
                end = self.primary(index)
                if end > index:
                    found.append((index, end))
        return found

    @property
    def loop_variables(self) -> range:
        if self.at(self.span.start) not in ("for", "async"):
            return range(0)
        end = next((i for i, t in self.tokens if t.text in ("in", ":", "of")), self.span.start)
        return range(self.span.start, end)

    @property
    def assignment(self) -> int | None:
        """The sign of an assignment at the line's top level."""
        depth = self.region.tokens[self.span.start].depth
        signs = ("=", "+=", "-=", "*=", "/=", "//=", "%=", "|=", "&=", "^=", ":=", "<<=", ">>=")
        return next((i for i, t in self.tokens if t.text in signs and t.depth == depth), None)

    @property
    def calls(self) -> list[int]:
        """The opening brackets of calls that close on the line."""
        found = []
        for index, token in self.tokens:
            if token.text == "(" and index - 1 in self.span and self.closing(index) is not None:
                before = self.region.tokens[index - 1]
                if (before.kind == "name" or before.text in (")", "]")) and before.end == token.start:
                    if self.at(index - 2) not in ("def", "func", "fn", "function", "class"):
                        found.append(index)
        return found

    def callee(self, opening: int) -> int:
        """Where the chain that is called begins."""
        first = opening - 1
        while first in self.span:
            if self.at(first) in (")", "]"):
                partner = self.region.partner.get(first)
                if partner is None or partner not in self.span:
                    return opening
                first = partner - 1
                if first not in self.span or self.region.tokens[first].kind != "name":
                    return first + 1
            elif self.at(first - 1) in (".", "?.", "->", "::"):
                first -= 2
            else:
                return first
        return opening

    def parts(self, opening: int) -> list[tuple[int, int]]:
        """What commas part between a bracket and its partner."""
        closing = self.closing(opening)
        depth, found, first = self.region.tokens[opening].depth + 1, [], opening + 1
        for index in range(opening + 1, closing + 1):
            if index == closing or (self.at(index) == "," and self.region.tokens[index].depth == depth):
                if index > first:
                    found.append((first, index))
                first = index + 1
        return found

    @property
    def condition(self) -> tuple[int, int] | None:
        """What the line's `if`, `while` or `guard` asks."""
        head = next((i for i, t in self.tokens if t.text in ("if", "elif", "while", "guard")), None)
        if head is None or head > self.span.start + 2:
            return None
        if self.at(head + 1) == "(" and not self.is_python and self.region.language.name not in ("swift", "go", "rust"):
            closing = self.closing(head + 1)
            return (head + 2, closing) if closing and closing > head + 2 else None
        depth = self.region.tokens[head].depth
        stop = (":",) if self.is_python else ("{", "else")
        end = next((i for i in self.span if i > head and self.at(i) in stop and self.region.tokens[i].depth == depth), None)
        return (head + 1, end) if end and end > head + 1 else None

    def connected(self, span: tuple[int, int]) -> list[tuple[int, int]]:
        """What `and`, `or`, `&&`, `||` part in a condition."""
        depth, found, first = self.region.tokens[span[0]].depth, [], span[0]
        for index in range(span[0], span[1] + 1):
            if index == span[1] or (self.at(index) in ("and", "or", "&&", "||") and self.region.tokens[index].depth == depth):
                if index > first:
                    found.append((first, index))
                first = index + 1
        return found
