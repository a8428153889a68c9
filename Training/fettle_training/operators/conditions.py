"""Conditions and the branches that hang on them."""

from .registry import operator


def words(site):
    return ("and", "or", "not ") if site.is_python else ("&&", "||", "!")


@operator("dropped-condition", 6)
def dropped_condition(site):
    spans = [site.condition] if site.condition else []
    if not spans and site.at(site.span.start) == "return" and len(site.span) > 1:
        spans = [(site.span.start + 1, site.span.stop)]
    for span in spans:
        parts = site.connected(span)
        if 1 < len(parts) < 6:
            for dropped in range(len(parts)):
                first = parts[0][0] if dropped else parts[1][0]
                kept = site.text(first, parts[-1][1])
                if dropped:
                    before, after = parts[dropped - 1][1], parts[dropped][1]
                    kept = site.text(parts[0][0], before) + site.content[site.region.tokens[after - 1].end : site.region.tokens[parts[-1][1] - 1].end]
                yield site.put(span[0], span[1], kept)


@operator("added-condition", 1.5)
def added_condition(site):
    span = site.condition
    if not span:
        return
    both, either, negation = words(site)
    text = site.text(*span)
    for other in site.region.conditions[:6]:
        if other != text:
            yield site.put(*span, f"{text} {both} {other}")
            yield site.put(*span, f"{text} {either} {other}")
    for name in site.region.variables[:6]:
        if site.is_python or site.region.language.name == "javascript":
            yield site.put(*span, f"{text} {both} {name}")
            yield site.put(*span, f"{text} {both} {negation}{name}")


@operator("wrong-condition", 1.5)
def wrong_condition(site):
    span = site.condition
    if span:
        for other in site.region.conditions:
            if other != site.text(*span):
                yield site.put(*span, other)
        for name in site.region.variables[:5]:
            if name != site.text(*span):
                yield site.put(*span, name)


@operator("constant-condition", 0.7)
def constant_condition(site):
    if site.condition:
        for text in ("True", "False") if site.is_python else ("true", "false"):
            yield site.put(*site.condition, text)


@operator("dropped-negation", 4)
def dropped_negation(site):
    for index, token in site.tokens:
        if token.text == "not" and site.at(index + 1) not in ("in", "") and site.at(index - 1) != "is":
            yield site.content[: token.start] + site.content[site.region.tokens[index + 1].start :]
        elif token.text == "!" and index + 1 in site.span and site.region.tokens[index + 1].start == token.end:
            if site.at(index - 1) in ("(", "&&", "||", "if", "return", ",", "=", "while", "else", "guard", ""):
                yield site.put(index, index + 1, "")


@operator("added-negation", 3)
def added_negation(site):
    span, negation = site.condition, words(site)[2]
    if span is None and site.at(site.span.start) == "return" and site.span.stop > site.span.start + 1:
        if site.is_python:
            yield site.put(site.span.start + 1, site.span.start + 1, negation)
        return
    for first, end in site.connected(span) if span else ():
        compared = any(site.at(i) in ("==", "!=", "<", ">", "<=", ">=", "in", "is") for i in range(first, end))
        if site.at(first) not in ("not", "!", "let", "var", "case"):
            if site.is_python or not compared:
                yield site.put(first, first, negation)
            else:
                yield site.put(first, end, f"{negation}({site.text(first, end)})")


@operator("branch-keyword", 2)
def branch_keyword(site):
    first = site.span.start
    changes = {"if": ("while", "elif" if site.is_python else "while"), "while": ("if",), "elif": ("if",)}
    for text in changes.get(site.at(first), ()):
        yield site.put(first, first + 1, text)
    if site.at(first) == "}" and site.at(first + 1) == "else" and site.at(first + 2) == "if":
        yield site.put(first, first + 3, "if")
    if site.at(first) == "else" and site.at(first + 1) == "if":
        yield site.put(first, first + 2, "if")


@operator("else-to-condition", 0.6)
def else_to_condition(site):
    if site.is_python and site.at(site.span.start) == "else":
        for condition in site.region.conditions[:4]:
            yield f"{site.indent}elif {condition}:"
    elif site.is_python and site.at(site.span.start) == "elif":
        yield f"{site.indent}else:"


@operator("exchanged-branches", 1.2)
def exchanged_branches(site):
    for index, token in site.tokens:
        if site.is_python and token.text == "if" and index > site.span.start:
            other = next((i for i in site.span if i > index and site.at(i) == "else"), None)
            if other and other + 1 in site.span:
                chains = [(f, e) for f, e in site.operands if e == index]
                end = site.primary(other + 1)
                if chains and end > other + 1:
                    first = chains[0][0]
                    test = site.text(index + 1, other)
                    yield site.put(first, end, f"{site.text(other + 1, end)} if {test} else {site.text(first, index)}")
                    yield site.put(first, end, site.text(first, index))
                    yield site.put(first, end, site.text(other + 1, end))
        elif not site.is_python and token.text == "?" and index > site.span.start:
            colon = next((i for i in site.span if i > index and site.at(i) == ":"), None)
            if colon and colon + 1 in site.span and site.primary(colon + 1) > colon + 1:
                end = site.primary(colon + 1)
                yield site.put(index + 1, end, f"{site.text(colon + 1, end)} : {site.text(index + 1, colon)}")


@operator("dropped-default", 1)
def dropped_default(site):
    """`x or []` → `x`, `a ?? b` → `a`."""
    for index, token in site.tokens:
        if token.text in ("or", "??", "||") and not site.condition and index + 1 in site.span:
            end = site.primary(index + 1)
            if end > index + 1:
                yield site.cut(index, end)
