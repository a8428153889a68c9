"""Names: the variable, attribute, method or function that was meant."""

from .registry import operator

FAMILIES = [
    "i j k", "x y z", "a b c", "m n", "row col", "rows cols", "width height", "left right", "lo hi", "low high", "lower upper",
    "start end stop", "begin end", "first last", "head tail", "prev next", "src dst", "source target", "key value", "k v",
    "name value", "parent child", "old new", "before after", "top bottom", "index count", "args kwargs", "lhs rhs", "x1 x2", "y1 y2",
    "min max", "slow fast", "request response", "append extend add insert appendleft push", "pop popleft remove discard", "keys values items",
    "update add", "index find rfind", "any all sum", "sorted reversed list", "sort reverse", "list set tuple dict", "int float str",
    "startswith endswith", "strip lstrip rstrip", "lower upper title", "split rsplit splitlines", "isdigit isalpha isalnum", "ljust rjust",
    "dumps loads", "dump load", "match search fullmatch", "bisect_left bisect_right", "heappush heappop heappushpop",
    "read readline readlines", "exists isfile isdir", "isinstance issubclass", "getattr hasattr setattr", "enumerate zip range", "copy deepcopy",
    "floor ceil round trunc", "encode decode", "removeFirst removeLast popLast", "prefix suffix", "dropFirst dropLast", "append insert",
    "contains allSatisfy", "firstIndex lastIndex", "map flatMap compactMap filter", "sorted reversed", "hasPrefix hasSuffix",
    "lowercased uppercased", "union intersection subtracting", "startIndex endIndex", "lowerBound upperBound", "push unshift", "pop shift",
    "slice splice", "some every find", "indexOf lastIndexOf", "startsWith endsWith", "trimStart trimEnd", "toLowerCase toUpperCase",
    "substring substr", "push push_str", "iter iter_mut into_iter", "starts_with ends_with", "trim_start trim_end", "is_none is_some",
    "is_ok is_err", "unwrap_or unwrap_or_else unwrap_or_default", "skip take", "HasPrefix HasSuffix", "TrimLeft TrimRight TrimSpace",
    "ToLower ToUpper", "Lock RLock", "Unlock RUnlock", "Index LastIndex", "strcmp strncmp", "memcpy memmove", "malloc calloc", "strchr strrchr",
    "put putIfAbsent", "containsKey containsValue", "getFirst getLast", "addFirst addLast", "offer poll peek", "length size count",
    "sin cos tan", "log log2 log10 exp", "sqrt pow abs", "add sub mul div", "open close", "lock unlock", "acquire release",
    "ValueError TypeError KeyError IndexError AttributeError RuntimeError", "get pop setdefault", "read write", "union difference",
]


def table(families) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for family in families:
        for name in family.split():
            known = found.setdefault(name, [])
            known += [other for other in family.split() if other != name and other not in known]
    return found


CONFUSED = table(FAMILIES)


def variables_read(site):
    """Tokens of the line that are variables, what is assigned to included."""
    return [(i, t) for i, t in site.tokens if site.region.is_variable(i)]


@operator("wrong-variable", 12)
def wrong_variable(site):
    for index, token in variables_read(site):
        for name in site.region.variables:
            if name != token.text and name[0].isupper() == token.text[0].isupper():
                yield site.put(index, index + 1, name)


@operator("confused-variable", 3)
def confused_variable(site):
    for index, token in variables_read(site):
        for name in CONFUSED.get(token.text, ()):
            yield site.put(index, index + 1, name)


@operator("wrong-attribute", 4)
def wrong_attribute(site):
    for index, token in site.tokens:
        if token.kind == "name" and site.region.is_member(index) and site.region.after(index) != "(":
            for name in dict.fromkeys(CONFUSED.get(token.text, []) + site.region.attributes):
                if name != token.text:
                    yield site.put(index, index + 1, name)


@operator("wrong-method", 5)
def wrong_method(site):
    for index, token in site.tokens:
        if token.kind == "name" and site.region.is_member(index) and site.region.after(index) == "(":
            for name in site.region.methods:
                if name != token.text:
                    yield site.put(index, index + 1, name)


@operator("confused-call", 4)
def confused_call(site):
    for index, token in site.tokens:
        if token.kind == "name" and site.region.after(index) == "(":
            for name in CONFUSED.get(token.text, ()):
                yield site.put(index, index + 1, name)


@operator("wrong-function", 3)
def wrong_function(site):
    for index, token in site.tokens:
        if token.kind == "name" and not site.region.is_member(index) and site.region.after(index) == "(":
            for name in site.region.functions:
                if name != token.text:
                    yield site.put(index, index + 1, name)


@operator("dropped-attribute", 3)
def dropped_attribute(site):
    for index, token in site.tokens:
        if token.text in (".", "?.", "->") and index - 1 in site.span and index + 1 in site.span and site.at(index + 2) not in ("(", "="):
            if site.region.tokens[index - 1].kind in ("name", "keyword") or site.at(index - 1) in (")", "]"):
                yield site.cut(index, index + 2)


@operator("added-attribute", 1.2)
def added_attribute(site):
    for first, end in site.operands:
        if site.region.tokens[first].kind in ("name", "keyword") and site.at(end) not in (".", "("):
            for name in site.region.attributes[:8]:
                yield site.put(first, end, f"{site.text(first, end)}.{name}")


@operator("dropped-receiver", 2)
def dropped_receiver(site):
    for index, token in site.tokens:
        if token.text in ("self", "this", "cls") and site.at(index + 1) in (".", "->") and index + 2 in site.span:
            yield site.put(index, index + 2, "")


@operator("added-receiver", 0.7)
def added_receiver(site):
    receiver = next((w for w in ("self", "this") if any(t.text == w for t in site.region.tokens)), None)
    known = set(site.region.attributes + site.region.methods)
    for index, token in site.tokens:
        if receiver and token.kind == "name" and token.text in known and not site.region.is_member(index) and not site.region.is_label(index):
            yield site.put(index, index + 1, f"{receiver}.{token.text}")


@operator("misspelt-name", 1)
def misspelt_name(site):
    for index, token in site.tokens:
        name = token.text
        if token.kind == "name" and len(name) > 3:
            yield site.put(index, index + 1, name[:-1] if name.endswith("s") else name + "s")
            yield site.put(index, index + 1, name[:1] + name[2] + name[1] + name[3:])
            if "_" in name.strip("_"):
                yield site.put(index, index + 1, name.replace("_", "", 1))


@operator("wrong-label", 1.5)
def wrong_label(site):
    for index, token in site.tokens:
        if token.kind == "name" and site.region.is_label(index):
            for name in site.region.labels:
                if name != token.text:
                    yield site.put(index, index + 1, name)


@operator("wrong-error", 1)
def wrong_error(site):
    known = [name for name in site.region.functions + site.region.variables if name.endswith(("Error", "Exception"))]
    for index, token in site.tokens:
        if token.kind == "name" and token.text.endswith(("Error", "Exception")):
            for name in known:
                if name != token.text:
                    yield site.put(index, index + 1, name)


@operator("exchanged-pair", 1.5)
def exchanged_pair(site):
    operands = [(i, site.primary(i)) for i in site.span if site.is_operand(i)]
    for (a, a_end), (b, b_end) in zip(operands, operands[1:]):
        if site.at(a_end) == "," and a_end + 1 == b:
            yield site.put(a, b_end, f"{site.text(b, b_end)}, {site.text(a, a_end)}")
