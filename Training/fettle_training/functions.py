"""Cuts files into functions: the region from which one prompt is made."""

import ast
import warnings

from .languages import PYTHON, Language, Source

CONTROL = frozenset("if for while switch catch else do match loop select case return new guard repeat try with synchronized".split())
NO_FUNCTION = frozenset("class struct enum interface union namespace extension protocol trait impl".split())
LONGEST = 120


def functions(text: str, language: Language):
    """(name, first line, last line) of each function, 0-based and inclusive, nested ones too."""
    return python_functions(text) if language is PYTHON else brace_functions(text, language)


def python_functions(text: str):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    pending = [(tree, "")]
    while pending:
        node, scope = pending.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield scope + child.name, child.lineno - 1, child.end_lineno - 1
                pending.append((child, scope + child.name + "."))
            elif isinstance(child, ast.ClassDef):
                pending.append((child, scope + child.name + "."))
            elif isinstance(child, (ast.If, ast.Try, ast.With)):
                pending.append((child, scope))


def brace_functions(text: str, language: Language):
    source = Source(text, language)
    tokens = source.tokens
    for index, token in enumerate(tokens):
        if token.text != "{" or index not in source.partner:
            continue
        header = header_before(source, index)
        name = function_name(source, header, language)
        if name:
            yield name, tokens[header[0]].line, tokens[source.partner[index]].line


def header_before(source: Source, brace: int) -> list[int]:
    """The tokens between the statement before and a brace, what brackets hold left out."""
    header, index = [], brace - 1
    while index >= 0 and source.tokens[index].text not in (";", "{", "}"):
        header.append(index)
        if source.tokens[index].text in (")", "]"):
            if index not in source.partner:
                return []
            index = source.partner[index]
            header.append(index)
        index -= 1
    # What an attribute line or an unfinished statement before left there is cut off at a line that begins a declaration.
    return header[::-1]


def function_name(source: Source, header: list[int], language: Language) -> str | None:
    texts = [source.tokens[i].text for i in header]
    if not header or NO_FUNCTION.intersection(texts) or "=" in texts and language.name != "javascript":
        return None
    keyword = next((k for k, text in enumerate(texts) if text in language.function_keywords), None)
    if keyword is not None:
        return next((source.tokens[i].text for i in header[keyword + 1 :] if source.tokens[i].kind == "name"), texts[keyword])
    if language.name not in ("c", "java", "javascript"):
        return None
    for k in range(len(texts) - 1):
        if texts[k + 1] == "(" and source.tokens[header[k]].kind == "name":
            return texts[k] if not CONTROL.intersection(texts) and (k > 0 or language.name == "javascript") else None
    return None


def region(text: str, first: int, last: int, language: Language):
    """A function's lines as prompts show them, dedented: what says nothing left out. None when it is too short, too long or not ASCII."""
    lines = text.split("\n")[first : last + 1]
    if not 3 <= len(lines) <= LONGEST * 3 or not all(map(str.isascii, lines)):
        return None
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    lines = [(line[len(indent) :] if line.startswith(indent) else line.lstrip()).rstrip() for line in lines]
    source = Source("\n".join(lines), language)
    kept = [line for line, is_kept in zip(lines, source.is_kept) if is_kept]
    if not 3 <= len(kept) <= LONGEST or max(map(len, kept)) > 200:
        return None
    return kept
