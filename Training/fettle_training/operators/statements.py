"""Whole statements: changed in kind, deleted, doubled, moved."""

from .names import CONFUSED
from .registry import Change, operator

JUMPS = ("break", "continue", "pass", "return", "fallthrough")


@operator("jump", 2)
def jump(site):
    word = site.at(site.span.start)
    if word in JUMPS and site.span.stop - site.span.start <= 2:
        for other in ("break", "continue", "return") + (("pass",) if site.is_python else ()):
            if other != word:
                yield site.put(site.span.start, site.span.start + 1, other)


@operator("returned-value", 4)
def returned_value(site):
    first = site.span.start
    if site.at(first) != "return":
        return
    end = site.span.stop - (site.at(site.span.stop - 1) == ";")
    constants = ["None", "True", "False", "0", "[]", "{}", "-1", "''"] if site.is_python else ["0", "1", "-1", "true", "false", "nil" if site.region.language.name == "swift" else "null"]
    for text in site.region.variables[:10] + constants:
        if first + 1 < end:
            yield site.put(first + 1, end, text)
        else:
            yield site.put(first, first + 1, f"return {text}")
    if first + 1 < end and site.is_python:
        yield site.put(first, end, "return")


@operator("dropped-return", 1.5)
def dropped_return(site):
    first = site.span.start
    if site.at(first) == "return" and site.span.stop > first + 1:
        yield site.indent + site.text(first + 1, site.span.stop)
        if site.is_python:
            yield site.put(first, first + 1, "yield")
    elif site.at(first) == "yield" and site.span.stop > first + 1:
        yield site.put(first, first + 1, "return" if site.at(first + 1) != "from" else "yield")
        if site.at(first + 1) == "from":
            yield site.put(first, first + 2, "yield")
        else:
            yield site.put(first, first + 1, "yield from")


@operator("assigned-value", 2)
def assigned_value(site):
    sign = site.assignment
    if sign is None or sign + 1 not in site.span:
        return
    end = site.span.stop - (site.at(site.span.stop - 1) == ";")
    constants = ["None", "0", "1", "[]", "{}", "True", "False", "''"] if site.is_python else ["0", "1", "true", "false"]
    if end > sign + 1:
        for text in site.region.variables[:8] + constants:
            yield site.put(sign + 1, end, text)


@operator("update-forgotten", 1)
def update_forgotten(site):
    """`best = max(best, x)` → `best = x`, and `n = n + x` → `n = x`."""
    sign = site.assignment
    if sign is None or site.at(sign) != "=" or sign != site.span.start + 1:
        return
    target = site.at(site.span.start)
    for opening in site.calls:
        if opening == sign + 2:
            for part in site.parts(opening):
                if site.text(*part) != target:
                    yield site.put(sign + 1, site.closing(opening) + 1, site.text(*part))
    for first, end in site.operands:
        if first == sign + 1 and site.text(first, end) == target and site.at(end) in ("+", "-", "*", "|", "/") and end + 1 in site.span:
            yield site.put(first, end + 1, "").rstrip()


@operator("wrong-target", 2)
def wrong_target(site):
    """What is assigned to is another variable."""
    sign = site.assignment
    if sign is not None and site.primary(site.span.start) == sign:
        for name in site.region.variables[:10] + CONFUSED.get(site.at(site.span.start), []):
            if name != site.text(site.span.start, sign):
                yield site.put(site.span.start, sign, name)


@operator("declaration", 0.7)
def declaration(site):
    changes = {"let": ("var",), "var": ("let",), "const": ("let",), "final": ("",), "mut": ("",)}
    for index, token in site.tokens:
        for text in changes.get(token.text, ()) if site.region.language.name in ("swift", "javascript", "rust") else ():
            yield site.put(index, index + 1, text) if text else site.content[: token.start] + site.content[token.end :].lstrip()


@operator("dropped-statement", 7)
def dropped_statement(site):
    if is_simple(site):
        yield Change(site.line, site.line + 1, ())


@operator("dropped-block", 3)
def dropped_block(site):
    """A guard or branch with its two to six lines."""
    end = block_end(site)
    if end and 2 <= end - site.line <= 6:
        yield Change(site.line, end, ())


@operator("unwrapped-block", 1.5)
def unwrapped_block(site):
    """The condition goes, what it guarded stays."""
    end = block_end(site)
    if end and 2 <= end - site.line <= 6 and site.at(site.span.start) in ("if", "for", "while", "with", "try", "else"):
        inner = site.region.lines[site.line + 1 : end - (not site.is_python)]
        if inner and all(line.startswith(site.indent) for line in inner):
            step = len(inner[0]) - len(inner[0].lstrip()) - len(site.indent)
            if step > 0:
                yield Change(site.line, end, tuple(line[step:] if line[:step].isspace() else line for line in inner))


@operator("doubled-statement", 0.7)
def doubled_statement(site):
    if is_simple(site):
        yield Change(site.line, site.line + 1, (site.content, site.content))


@operator("stray-statement", 1.5)
def stray_statement(site):
    """A line of the function stands in a second place, or a jump that nobody wanted."""
    if not is_simple(site):
        return
    for other in site.region.mutable_lines:
        if abs(other - site.line) > 1 and is_simple(type(site)(site.region, other)):
            yield Change(site.line, site.line + 1, (site.content, site.indent + site.region.lines[other].lstrip()))
    end = "" if site.is_python or site.region.language.name in ("swift", "go") else ";"
    for word in ("break", "continue", "return"):
        yield Change(site.line, site.line + 1, (site.content, site.indent + word + end))


@operator("exchanged-statements", 2)
def exchanged_statements(site):
    below = site.line + 1
    if is_simple(site) and below in site.region.mutable_lines:
        other = type(site)(site.region, below)
        if is_simple(other) and other.indent == site.indent:
            yield Change(site.line, below + 1, (other.content, site.content))


@operator("indentation", 2)
def indentation(site):
    """Python: a statement stands one block too deep or not deep enough."""
    if not site.is_python or not is_simple(site):
        return
    above = site.region.lines[site.line - 1]
    above_indent = above[: len(above) - len(above.lstrip())]
    if len(site.indent) > 4:
        yield site.indent[:-4] + site.content.lstrip()
    if len(above_indent) > len(site.indent):
        yield above_indent + site.content.lstrip()


@operator("dropped-line-of-list", 1.5)
def dropped_line_of_list(site):
    """One line of a call or collection that is written over several."""
    depth = site.region.tokens[site.span.start].depth
    if depth > 0 and site.at(site.span.stop - 1) == "," and site.region.tokens[site.span.stop - 1].depth == depth:
        inside = enclosing(site)
        if inside in ("(", "[") or site.is_python:
            yield Change(site.line, site.line + 1, ())


@operator("punctuation", 1, breaks_syntax=True)
def punctuation(site):
    """A bracket, colon or comma forgotten."""
    for index, token in site.tokens:
        if token.text in (")", "]", ":", ",", ";") and (index == site.span.stop - 1 or token.text == ","):
            yield site.put(index, index + 1, "")
        elif token.text == ")":
            yield site.put(index, index + 1, "")
    sign = site.assignment
    if site.condition:
        for index in range(*site.condition):
            if site.at(index) == "==":
                yield site.put(index, index + 1, "=")
    elif sign is not None and site.at(sign) == "=":
        yield site.put(sign, sign + 1, "==")


def is_simple(site) -> bool:
    """A statement that stands whole on its line and opens no block."""
    last = site.at(site.span.stop - 1)
    first = site.at(site.span.start)
    opens = site.is_python and last == ":" or last in ("{", "(", "[", ",") or first in ("}", "else", "case", "default", "elif", "except", "@", ".", "#")
    closed = all(site.region.partner.get(i) in site.span for i, t in site.tokens if t.text in ("(", ")", "[", "]", "{", "}"))
    inside_brackets = enclosing(site) in ("(", "[") or site.is_python and site.region.tokens[site.span.start].depth > 0
    return not opens and closed and not inside_brackets


def enclosing(site) -> str:
    """The bracket in which the line begins."""
    depth = site.region.tokens[site.span.start].depth
    if depth == 0:
        return ""
    return next((site.region.tokens[i].text for i in range(site.span.start - 1, -1, -1) if site.region.tokens[i].depth == depth - 1 and site.region.tokens[i].text in ("(", "[", "{")), "")


def block_end(site) -> int | None:
    """The line after the block that the line opens."""
    region, last = site.region, site.at(site.span.stop - 1)
    if site.is_python:
        if last != ":" or region.tokens[site.span.start].depth > 0:
            return None
        end = site.line + 1
        while end < len(region.lines) and len(region.lines[end]) - len(region.lines[end].lstrip()) > len(site.indent):
            end += 1
        return end if end > site.line + 1 else None
    if last != "{" or site.at(site.span.start) == "}":
        return None
    closing = region.partner.get(site.span.stop - 1)
    if closing is None or closing + 1 < len(region.tokens) and region.tokens[closing + 1].line == region.tokens[closing].line:
        return None
    return region.tokens[closing].line + 1
