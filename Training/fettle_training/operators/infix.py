"""Operators between operands."""

from .registry import operator
from .site import Site

OPPOSITE = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
TURNED = {"<": (">", ">="), "<=": (">=", ">"), ">": ("<", "<="), ">=": ("<=", "<")}
ARITHMETIC = {"+": "- * |", "-": "+ * /", "*": "+ / ** //", "/": "// * -", "//": "/ * %", "%": "// / *", "**": "*"}
BITS = {"|": "& ^ +", "&": "| ^", "^": "& |", "<<": ">>", ">>": "<< //"}
COMPOUND = {"+=": "-= *= =", "-=": "+= = *=", "*=": "+= /= =", "/=": "*= -= //=", "//=": "/= -=", "|=": "&= = +=", "&=": "|= =", "%=": "/= -="}


def is_between(site: Site, index: int) -> bool:
    """Whether an operand stands on the left, so that the sign is no prefix."""
    if index - 1 not in site.span or index + 1 not in site.span:
        return False
    left = site.region.tokens[index - 1]
    return left.kind in ("name", "number", "string") or left.text in (")", "]", "self", "this", "None", "True", "False", "nil", "null")


def exchanged(site: Site, table: dict):
    for index, token in site.tokens:
        if token.kind in ("operator", "keyword") and token.text in table and is_between(site, index):
            new = table[token.text]
            for text in new.split() if isinstance(new, str) else new:
                if text not in ("//", "**", "//=") or site.is_python:
                    yield site.put(index, index + 1, text)


@operator("boundary", 5)
def boundary(site):
    yield from exchanged(site, OPPOSITE)


@operator("direction", 3)
def direction(site):
    yield from exchanged(site, TURNED)


@operator("equality", 3)
def equality(site):
    yield from exchanged(site, {"==": "!=", "!=": "==", "===": "!==", "!==": "==="})


@operator("comparison-kind", 1.5)
def comparison_kind(site):
    yield from exchanged(site, {"==": ("is", "in", ">=", "<=") if site.is_python else (">=", "<="), "!=": (">", "<"), "<": ("!=",), ">": ("!=",)})
    if site.is_python:
        yield from exchanged(site, {"is": ("==",), "in": ("==",)})


@operator("membership", 2)
def membership(site):
    if not site.is_python:
        return
    for index, token in site.tokens:
        if token.text == "in" and is_between(site, index) and index not in range(site.loop_variables.stop, site.loop_variables.stop + 1):
            yield site.put(index, index + 1, "not in")
        elif token.text == "not" and site.at(index + 1) == "in":
            yield site.put(index, index + 2, "in")


@operator("identity", 1.5)
def identity(site):
    if not site.is_python:
        return
    for index, token in site.tokens:
        if token.text == "is":
            negated = site.at(index + 1) == "not"
            yield site.put(index, index + 1 + negated, "is" if negated else "is not")


@operator("arithmetic", 5)
def arithmetic(site):
    yield from exchanged(site, ARITHMETIC)


@operator("bits", 1)
def bits(site):
    yield from exchanged(site, BITS)


@operator("logical", 4)
def logical(site):
    yield from exchanged(site, {"and": "or", "or": "and", "&&": "||", "||": "&&"})


@operator("truth-or-bits", 0.5)
def truth_or_bits(site):
    yield from exchanged(site, {"and": "&", "or": "|"} if site.is_python else {"&&": "&", "||": "|", "&": "&&", "|": "||"})


@operator("compound-assignment", 2.5)
def compound_assignment(site):
    yield from exchanged(site, COMPOUND)


@operator("assignment-to-compound", 1.2)
def assignment_to_compound(site):
    sign = site.assignment
    if sign is not None and site.at(sign) == "=" and "," not in site.text(site.span.start, sign) and ":" not in site.text(site.span.start, sign):
        if site.region.tokens[site.span.start].kind == "name":
            for text in ("+=", "-=", "|="):
                yield site.put(sign, sign + 1, text)


@operator("exchanged-operands", 2.5)
def exchanged_operands(site):
    signs = ("-", "/", "//", "%", "**", "<", ">", "<=", ">=", "<<", ">>", "+", "in")
    for (a, a_end), (b, b_end) in neighbours(site):
        if site.at(a_end) in signs:
            yield site.put(a, b_end, f"{site.text(b, b_end)} {site.at(a_end)} {site.text(a, a_end)}")


@operator("dropped-operand", 4)
def dropped_operand(site):
    for (a, a_end), (b, b_end) in neighbours(site):
        if site.at(a_end) in ("+", "-", "*", "/", "//", "%", "|", "&", "**", "<<", ">>", "??", "or"):
            yield site.put(a, b_end, site.text(a, a_end))
            yield site.put(a, b_end, site.text(b, b_end))


@operator("added-operand", 1)
def added_operand(site):
    for first, end in site.operands:
        if site.region.tokens[first].kind == "name" and site.at(end) in (")", "]", ",", ":", ""):
            for name in site.region.variables[:6]:
                if name != site.text(first, end):
                    yield site.put(first, end, f"{site.text(first, end)} + {name}")
                    yield site.put(first, end, f"{site.text(first, end)} - {name}")


@operator("off-by-one", 5)
def off_by_one(site):
    for first, end in site.operands:
        text, after, before = site.text(first, end), site.at(end), site.at(first - 1)
        if site.region.tokens[first].kind == "string" or site.at(end - 1) == "]" and site.at(first) == "[":
            continue
        if after in ("+", "-") and site.at(end + 1) == "1":
            yield site.put(first, end + 2, text)
            yield site.put(first, end + 2, f"{text} {'-' if after == '+' else '+'} 1")
        elif site.region.tokens[first].kind in ("name", "keyword") and text not in ("None", "True", "False", "nil", "null", "self", "this"):
            if before in ("(", "[", ",", ":", "<", "<=", ">", ">=", "=", "return", "..<", "...", "..", "==") and after in (")", "]", ",", ":", "", ";", "{", "..<", "...", "<", ">", "and", "or", "&&", "||", "<=", ">="):
                yield site.put(first, end, f"{text} + 1")
                yield site.put(first, end, f"{text} - 1")


@operator("sign", 1.5)
def sign(site):
    for index, token in site.tokens:
        if token.text == "-" and not is_between(site, index) and index + 1 in site.span:
            yield site.put(index, index + 1, "")
    for first, end in site.operands:
        if site.at(first - 1) in ("(", "[", ",", "=", "return") and site.region.tokens[first].kind in ("name", "number"):
            yield site.put(first, end, "-" + site.text(first, end))


@operator("range-end", 3)
def range_end(site):
    for index, token in site.tokens:
        if token.text in ("...", "..<", "..=", "..") and is_between(site, index):
            other = {"...": "..<", "..<": "...", "..=": "..", "..": "..="}[token.text]
            if (token.text in ("...", "..<")) == (site.region.language.name == "swift"):
                yield site.put(index, index + 1, other)


def neighbours(site: Site):
    """Pairs of operands with one operator between them."""
    operands = site.operands
    for a, b in zip(operands, operands[1:]):
        if a[1] + 1 == b[0] and site.at(a[1]) not in (",", "=", ".", "(", "["):
            yield a, b
    # An outer chain may hold operands of its own, so that neighbours are not adjacent in the list.
    starts = {first: end for first, end in operands}
    for first, end in operands:
        follower = end + 1
        if follower in starts and (first, end) != (operands[max(0, operands.index((follower, starts[follower])) - 1)]):
            yield (first, end), (follower, starts[follower])
