"""Literals, subscripts and bounds."""

from .registry import operator
from .site import TYPE_WORDS

TRUTH = {"True": "False", "False": "True", "true": "false", "false": "true"}


@operator("number", 6)
def number(site):
    for index, token in site.tokens:
        if token.kind == "number" and token.text.isdigit():
            value = int(token.text)
            near = [value + 1, value - 1, 0, 1, 2, -1, value * 10, value // 10]
            for text in dict.fromkeys([str(n) for n in near] + site.region.numbers):
                if text != token.text:
                    yield site.put(index, index + 1, text)
        elif token.kind == "number":
            for text in site.region.numbers:
                if text != token.text:
                    yield site.put(index, index + 1, text)


@operator("truth", 3)
def truth(site):
    for index, token in site.tokens:
        if token.text in TRUTH:
            yield site.put(index, index + 1, TRUTH[token.text])


@operator("nothing", 1.5)
def nothing(site):
    empty = {"None": ("False", "True", "0", "''", "[]", "{}"), "nil": ("0", "false", '""', "[]"), "null": ("undefined", "0", "false", '""'), "NULL": ("0",)}
    for index, token in site.tokens:
        for text in empty.get(token.text, ()):
            yield site.put(index, index + 1, text)
        if site.is_python and token.text in ("False", "0", "''", '""') and token.kind != "name":
            yield site.put(index, index + 1, "None")


@operator("empty-collection", 1)
def empty_collection(site):
    kinds = ("[]", "{}", "()", "set()", "None") if site.is_python else ()
    for index, token in site.tokens:
        if token.text in ("[", "{", "(") and site.at(index + 1) in ("]", "}", ")") and not is_glued(site, index):
            for text in kinds:
                yield site.put(index, index + 2, text)


@operator("string", 4)
def string(site):
    for index, token in site.tokens:
        text = token.text
        if token.kind != "string" or len(text) < 2 or token.last_line != token.line:
            continue
        for other in site.region.strings:
            if other != text:
                yield site.put(index, index + 1, other)
        quote = text[-1]
        opening = text.index(quote)
        inner = text[opening + 1 : -1]
        if "\\" in inner or len(inner) > 40:
            continue
        for other in (inner.lower(), inner.upper(), inner.strip(), inner + " ", inner + "s", inner[:-1], inner[1:], "", " ", inner.replace("_", "-"), inner.capitalize()):
            if other != inner:
                yield site.put(index, index + 1, text[: opening + 1] + other + quote)


@operator("literal-or-name", 1.5)
def literal_or_name(site):
    for index, token in site.tokens:
        if token.kind in ("number", "string") and token.last_line == token.line:
            for name in site.region.variables[:8]:
                yield site.put(index, index + 1, name)
        elif site.region.is_variable(index) and site.at(index + 1) not in (".", "=", "[", ":", "(", "in") and site.at(index - 1) in ("(", ",", "=", "<", ">", "==", "+", "-", "["):
            for text in ("0", "1", *site.region.numbers[:3], *site.region.strings[:2]):
                yield site.put(index, index + 1, text)


@operator("dropped-subscript", 3)
def dropped_subscript(site):
    for index, token in site.tokens:
        closing = site.closing(index) if token.text == "[" and is_glued(site, index) else None
        if closing is not None and site.at(index - 1) not in TYPE_WORDS:
            yield site.put(index, closing + 1, "")


@operator("added-subscript", 1.5)
def added_subscript(site):
    for first, end in site.operands:
        if site.region.tokens[first].kind == "name" and site.at(end) not in (".", "("):
            text = site.text(first, end)
            for index in ("0", "1", "-1", *(site.region.variables[:6])) if site.is_python else ("0", *(site.region.variables[:4])):
                if index != text:
                    yield site.put(first, end, f"{text}[{index}]")
            if site.is_python:
                yield site.put(first, end, f"{text}[1:]")
                yield site.put(first, end, f"{text}[:-1]")


@operator("wrong-index", 2.5)
def wrong_index(site):
    for index, token in site.tokens:
        closing = site.closing(index) if token.text == "[" and is_glued(site, index) else None
        if closing is None or closing == index + 1 or slice_colon(site, index, closing):
            continue
        inner = site.text(index + 1, closing)
        for text in (f"{inner} - 1", f"{inner} + 1", "0", "-1" if site.is_python else "1", *site.region.variables[:6]):
            if text != inner:
                yield site.put(index + 1, closing, text)


@operator("slice", 3)
def slice_bounds(site):
    for index, token in site.tokens:
        closing = site.closing(index) if site.is_python and token.text == "[" and is_glued(site, index) else None
        colon = slice_colon(site, index, closing) if closing else None
        if colon is None or ":" in (site.at(i) for i in range(colon + 1, closing)):
            continue
        low, high = site.text(index + 1, colon), site.text(colon + 1, closing)
        shifted = lambda bound: (f"{bound} + 1", f"{bound} - 1") if bound else ("1", "-1")
        for a, b in [("", high), (low, ""), (high, low), (high, ""), ("", low), *((s, high) for s in shifted(low)), *((low, s) for s in shifted(high))]:
            if (a, b) != (low, high):
                yield site.put(index + 1, closing, f"{a}:{b}")


@operator("range-bounds", 3)
def range_bounds(site):
    for opening in site.calls:
        if site.at(opening - 1) not in ("range", "xrange", "stride"):
            continue
        parts = [site.text(*part) for part in site.parts(opening)]
        if not site.is_python or not parts:
            continue
        others = [parts[:-1] + [parts[-1] + " - 1"], parts[:-1] + [parts[-1] + " + 1"], parts[1:], ["1", *parts] if len(parts) == 1 else parts[:1], ["0", *parts[1:]]]
        if len(parts) > 1:
            others += [[parts[0] + " + 1", *parts[1:]], [parts[0] + " - 1", *parts[1:]]]
        for other in others:
            if other and other != parts:
                yield site.put(opening + 1, site.closing(opening), ", ".join(other))


def is_glued(site, index) -> bool:
    """Whether a bracket follows what it belongs to without a space."""
    if index - 1 not in site.span:
        return False
    before = site.region.tokens[index - 1]
    return before.end == site.region.tokens[index].start and (before.kind == "name" or before.text in (")", "]", "self"))


def slice_colon(site, opening, closing):
    depth = site.region.tokens[opening].depth + 1
    return next((i for i in range(opening + 1, closing) if site.at(i) == ":" and site.region.tokens[i].depth == depth), None)
