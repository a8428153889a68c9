"""Tokens of seven languages, read by one regular expression each: enough to change a line, not to compile it."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Language:
    name: str
    extensions: tuple[str, ...]
    comment: str
    keywords: frozenset[str]
    #: What a header of a function must hold, or nothing where parentheses alone tell it.
    function_keywords: frozenset[str]
    pattern: re.Pattern


@dataclass(slots=True)
class Token:
    kind: str  # name, keyword, number, string, operator
    text: str
    line: int  # 0-based
    start: int  # column
    end: int  # column after the last character, on `last_line`
    last_line: int
    depth: int  # how many brackets enclose it


STRINGS = {
    "python": r"""(?i:[rbfu]{0,2})(?:\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""",
    "swift": r'''"{3}.*?"{3}|#*"(?:[^"\\\n]|\\.)*"#*''',
    "rust": r"""b?r?\#*"(?:[^"\\]|\\.)*"\#*|b?'(?:\\[^']+|[^'\\\n])'""",
    "javascript": r'''"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`''',
    "go": r'''"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'|`[^`]*`''',
    "c": r'''"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+\'''',
}
OPERATORS = (
    r"\.\.\.|\.\.<|\.\.=|===|!==|<<=|>>=|>>>|\*\*=|//=|&&=|\|\|=|\?\?=|->|=>|::|:=|\+\+|--|<=|>=|==|!=|&&|\|\||\?\?|\?\."
    r"|<<|>>|\*\*|//|\+=|-=|\*=|/=|%=|&=|\|=|\^=|\.\.|[-+*/%&|^~<>=!?:;,.()\[\]{}@#\\]"
)


def pattern(name: str) -> re.Pattern:
    comment = r"\#[^\n]*" if name == "python" else r"//[^\n]*|/\*.*?\*/"
    operators = OPERATORS if name == "python" else OPERATORS.replace("|//=", "").replace("|//", "")
    strings = STRINGS.get(name, STRINGS["c"])
    return re.compile(
        rf"(?P<comment>{comment})|(?P<string>{strings})|(?P<number>0[xXbBoO][0-9a-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?[a-zA-Z]*)"
        rf"|(?P<name>[A-Za-z_$][\w$]*)|(?P<operator>{operators})", re.S)


def language(name, extensions, comment, keywords, function_keywords=""):
    return Language(
        name, tuple(extensions.split()), comment, frozenset(keywords.split()), frozenset(function_keywords.split()), pattern(name))


COMMON = "if else for while return break continue switch case default do true false"
PYTHON = language(
    "python", ".py", "#",
    "False None True and as assert async await break class continue def del elif else except finally for from global if import in is"
    " lambda nonlocal not or pass raise return try while with yield")
SWIFT = language(
    "swift", ".swift", "//",
    COMMON + " func init deinit subscript let var guard in is as nil self Self super throw throws rethrows try catch repeat where"
    " struct class enum extension protocol import static private fileprivate internal package public open mutating inout some any async"
    " await defer fallthrough actor associatedtype typealias final override lazy weak unowned convenience required",
    "func init deinit subscript")
C = language(
    "c", ".c .h .cc .cpp .hpp", "//",
    COMMON + " auto char const double enum extern float goto inline int long register short signed sizeof static struct typedef union"
    " unsigned void volatile bool NULL class namespace template typename new delete public private protected virtual nullptr using")
JAVASCRIPT = language(
    "javascript", ".js .mjs .cjs .ts", "//",
    COMMON + " function var let const new delete typeof instanceof in of this null undefined class extends super throw try catch"
    " finally async await yield import export from void static get set", "function")
JAVA = language(
    "java", ".java", "//",
    COMMON + " abstract assert boolean byte catch char class enum extends final finally float double implements import instanceof int"
    " interface long native new null package private protected public short static super synchronized this throw throws try void")
RUST = language(
    "rust", ".rs", "//",
    COMMON + " fn let mut pub impl struct enum trait match loop in as ref move self Self super crate use mod where unsafe const static"
    " type dyn async await extern", "fn")
GO = language(
    "go", ".go", "//",
    COMMON + " func var const type struct interface map chan go defer select range package import fallthrough goto nil", "func")
ALL = (PYTHON, SWIFT, C, JAVASCRIPT, JAVA, RUST, GO)
BY_NAME = {language.name: language for language in ALL}
BY_EXTENSION = {extension: language for language in ALL for extension in language.extensions}


class Source:
    """A text with its tokens. Lines are 0-based."""

    def __init__(self, text: str, language: Language):
        self.text, self.language = text, language
        self.lines = text.split("\n")
        self.tokens, self.partner = self._read()

    def _read(self):
        tokens, partner, open_brackets = [], {}, []
        line, line_start = 0, 0
        for match in self.language.pattern.finditer(self.text):
            begin, finish = match.span()
            newlines = self.text.count("\n", line_start, begin)
            if newlines:
                line += newlines
                line_start = self.text.rfind("\n", 0, begin) + 1
            kind, text = match.lastgroup, match.group()
            if kind == "comment":
                continue
            if kind == "name" and text in self.language.keywords:
                kind = "keyword"
            last_line = line + text.count("\n") if kind == "string" else line
            end = finish - (self.text.rfind("\n", 0, finish) + 1) if last_line > line else finish - line_start
            if text in ")]}" and kind == "operator" and open_brackets:
                opening = open_brackets.pop()
                partner[opening], partner[len(tokens)] = len(tokens), opening
            tokens.append(Token(kind, text, line, begin - line_start, end, last_line, len(open_brackets)))
            if text in "([{" and kind == "operator":
                open_brackets.append(len(tokens) - 1)
        return tokens, partner

    @cached_property
    def by_line(self) -> dict[int, range]:
        """The tokens that begin on each line."""
        found: dict[int, range] = {}
        for index, token in enumerate(self.tokens):
            first = found[token.line].start if token.line in found else index
            found[token.line] = range(first, index + 1)
        return found

    @cached_property
    def is_kept(self) -> list[bool]:
        """Which lines a prompt shows: not blank ones, not those of comments alone, not strings that stand alone as a statement."""
        kept = [False] * len(self.lines)
        for index, token in enumerate(self.tokens):
            if token.kind == "string" and token.depth == 0 and self.language is PYTHON:
                before = self.tokens[index - 1] if index else None
                after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
                alone = (before is None or before.last_line < token.line) and (after is None or after.line > token.last_line)
                if alone and not (before and before.text in ("=", "\\")):
                    continue
            for line in range(token.line, token.last_line + 1):
                kept[line] = True
        return kept

    @cached_property
    def inside_string(self) -> set[int]:
        """Lines that begin inside a string of several lines."""
        return {line for t in self.tokens if t.last_line > t.line for line in range(t.line + 1, t.last_line + 1)}
