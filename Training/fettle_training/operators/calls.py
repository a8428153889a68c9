"""Calls and their arguments."""

from .registry import operator

WRAPPERS = {
    "python": "len int str list set sorted abs tuple float bool reversed enumerate max min sum iter next repr round".split(),
    "swift": "Int String Array Set abs min max Double UInt8 UInt".split(),
    "c": "sizeof strlen abs".split(),
    "javascript": "String Number parseInt Array.from Object.keys Math.floor Math.abs Boolean".split(),
    "java": "String.valueOf Math.abs Math.min Math.max".split(),
    "rust": "Some Ok Err".split(),
    "go": "len int string float64 int64".split(),
}
METHODS = {
    "python": "strip items keys values copy lower split".split(),
    "swift": "count isEmpty sorted() reversed() lowercased()".split(),
    "javascript": "length trim() slice() toString() toLowerCase()".split(),
    "java": "size() length() trim() toString() get()".split(),
    "rust": "len() clone() iter() unwrap() as_str() to_string() is_empty()".split(),
}


@operator("dropped-argument", 7)
def dropped_argument(site):
    for opening in site.calls:
        parts = site.parts(opening)
        if 0 < len(parts) < 9:
            for dropped in range(len(parts)):
                kept = [site.text(*part) for index, part in enumerate(parts) if index != dropped]
                yield site.put(opening + 1, site.closing(opening), ", ".join(kept)) if kept else site.put(opening, site.closing(opening) + 1, "()")


@operator("added-argument", 3)
def added_argument(site):
    literals = ["None", "True", "False", "0", "1", "-1"] if site.is_python else ["0", "1", "true", "false"]
    for opening in site.calls:
        parts, closing = site.parts(opening), site.closing(opening)
        if len(parts) > 5:
            continue
        texts = [site.text(*part) for part in parts]
        for name in site.region.variables[:10] + literals:
            if name not in texts:
                yield site.put(closing, closing, ", " * bool(parts) + name)
                if parts and name in site.region.variables[:5]:
                    yield site.put(opening + 1, opening + 1, name + ", ")


@operator("exchanged-arguments", 5)
def exchanged_arguments(site):
    for opening in site.calls:
        parts = site.parts(opening)
        if 1 < len(parts) < 8:
            texts = [site.text(*part) for part in parts]
            for left in range(len(texts) - 1):
                swapped = texts[:left] + [texts[left + 1], texts[left]] + texts[left + 2 :]
                yield site.put(opening + 1, site.closing(opening), ", ".join(swapped))


@operator("wrong-argument", 4)
def wrong_argument(site):
    """One argument stands where another expression was meant."""
    for opening in site.calls:
        for first, end in site.parts(opening):
            if end > first + 1:
                for name in site.region.variables[:8]:
                    yield site.put(first, end, name)
                for inner, inner_end in site.operands:
                    if first <= inner and inner_end <= end and (inner, inner_end) != (first, end):
                        yield site.put(first, end, site.text(inner, inner_end))


@operator("dropped-call", 5)
def dropped_call(site):
    """`f(x)` → `x`."""
    for opening in site.calls:
        closing, first = site.closing(opening), site.callee(opening)
        if first in site.span and closing > opening + 1 and len(site.parts(opening)) == 1 and first > site.span.start:
            yield site.put(first, closing + 1, site.text(opening + 1, closing))


@operator("added-call", 2)
def added_call(site):
    for first, end in site.operands:
        if site.at(end) not in (".", "(") and site.region.tokens[first].kind != "string" and site.at(first - 1) not in ("for", "not"):
            for wrapper in WRAPPERS[site.region.language.name]:
                yield site.put(first, end, f"{wrapper}({site.text(first, end)})")


@operator("dropped-method", 4)
def dropped_method(site):
    """`x.strip()` → `x`."""
    for opening in site.calls:
        dot = opening - 2
        if site.at(dot) in (".", "?.", "->") and dot - 1 in site.span:
            yield site.put(dot, site.closing(opening) + 1, "")


@operator("added-method", 1)
def added_method(site):
    for first, end in site.operands:
        if site.region.tokens[first].kind == "name" and site.at(end) not in (".", "("):
            text = site.text(first, end)
            for method in METHODS.get(site.region.language.name, ()):
                yield site.put(first, end, f"{text}.{method}" + "()" * site.is_python)
            for method in site.region.methods[:4]:
                yield site.put(first, end, f"{text}.{method}()")


@operator("receiver-or-argument", 0.8)
def receiver_or_argument(site):
    """`a.f(b)` → `b.f(a)`."""
    for opening in site.calls:
        first, parts = site.callee(opening), site.parts(opening)
        if len(parts) == 1 and first < opening - 2 and site.at(opening - 2) == ".":
            receiver, argument = site.text(first, opening - 2), site.text(*parts[0])
            yield site.put(first, site.closing(opening) + 1, f"{argument}.{site.at(opening - 1)}({receiver})")


@operator("call-or-value", 1)
def call_or_value(site):
    """`f()` → `f`, a call forgotten."""
    for opening in site.calls:
        if site.closing(opening) == opening + 1 and opening > site.span.start + 1:
            yield site.put(opening, opening + 2, "")


@operator("effect", 1.2)
def effect(site):
    """A forgotten `await`, `try`, `&`, `*`, `ref`."""
    for index, token in site.tokens:
        if token.text in ("await", "try", "mut", "ref", "unowned", "weak") and index + 1 in site.span and site.at(index + 1) not in (":", "{"):
            end = index + 1 + (site.at(index + 1) in ("?", "!"))
            if end in site.span:
                yield site.content[: token.start] + site.content[site.region.tokens[end].start :]
        elif token.text in ("&", "*") and site.region.language.name in ("c", "go", "rust") and site.at(index - 1) in ("(", ",", "=", "return", "") and index + 1 in site.span:
            yield site.put(index, index + 1, "")
