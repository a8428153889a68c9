/// Families of names that people mix up: what belongs to one may stand where another of it was meant.
enum ConfusableNames {
    /// Methods and functions, likeliest replacement first.
    static let calls = TokenReplacementOperator.families([
        // Collections
        "append extend add insert appendleft", "append extend insert", "push unshift concat", "pop shift",
        "push append",
        "push_back push_front emplace_back", "pop_back pop_front", "pop popleft", "pop remove discard",
        "remove discard",
        "add addAll addFirst addLast", "offer poll peek", "push pop peek", "first last", "front back", "begin end",
        "removeFirst removeLast popLast", "prefix suffix", "dropFirst dropLast", "insert append", "insert remove",
        "contains containsKey containsValue", "contains_key contains", "keys values items", "entrySet keySet values",
        "keys values entries", "get setdefault pop", "get put", "get set has", "update add",
        "union intersection difference",
        "formUnion formIntersection subtract", "firstIndex lastIndex", "indexOf lastIndexOf", "index find rindex rfind",
        "find rfind", "slice splice", "push_str push", "iter iter_mut into_iter", "unwrap_or unwrap_or_else",
        "lower_bound upper_bound", "sort sorted reverse reversed", "sort reverse", "sorted reversed list set",
        "bisect_left bisect_right", "insort_left insort_right", "heappush heappop", "list set tuple dict",
        "map filter reduce", "map flatMap compactMap", "forEach map", "some every find", "any all",
        "contains allSatisfy",
        "allMatch anyMatch noneMatch", "filter find", "min max sum", "minOf maxOf", "fmin fmax", "MIN MAX",
        // Text
        "startswith endswith", "startsWith endsWith", "starts_with ends_with", "hasPrefix hasSuffix",
        "HasPrefix HasSuffix",
        "strip lstrip rstrip", "trim trimStart trimEnd", "trim trim_start trim_end", "TrimLeft TrimRight TrimSpace",
        "lower upper capitalize title", "lowercased uppercased", "toLowerCase toUpperCase", "to_lowercase to_uppercase",
        "ToLower ToUpper", "tolower toupper", "split rsplit splitlines partition", "partition rpartition",
        "isdigit isalpha isalnum isspace", "isupper islower", "isdigit isxdigit isalnum", "ljust rjust center",
        "padStart padEnd", "encode decode", "dumps loads", "dump load", "join format", "removeprefix removesuffix",
        "substring substr slice", "charAt charCodeAt", "replace replaceAll", "equals equalsIgnoreCase", "sub subn",
        "match search fullmatch", "findall finditer", "isEmpty isBlank", "is_none is_some", "is_ok is_err",
        // C
        "strcmp strncmp strcasecmp", "strcpy strncpy strcat", "strcat strncat strcpy", "strlen sizeof",
        "strchr strrchr",
        "strchr strstr", "memcpy memmove", "malloc calloc", "fgets gets", "fgetc getc", "atoi atol atof",
        "printf fprintf",
        "abs labs fabs", "isalpha isalnum isupper", "fopen freopen",
        // Numbers
        "floor ceil round trunc", "floor ceil round rounded", "Floor Ceil Round", "int float str",
        "parseInt parseFloat",
        "sin cos tan", "sinh cosh", "log log2 log10 exp", "sqrt pow", "add sub mul div", "add subtract multiply divide",
        "wrapping_add checked_add saturating_add", "wrapping_sub checked_sub saturating_sub", "gcd lcm",
        "mean median mode",
        "randint randrange", "div_euclid rem_euclid", "isMultiple quotientAndRemainder",
        // Files and the rest
        "read readline readlines", "write writelines", "exists isfile isdir", "isinstance issubclass",
        "getattr hasattr setattr", "enumerate zip range", "open close", "lock unlock", "acquire release", "start stop",
        "enable disable", "show hide", "increment decrement", "save load", "copy deepcopy", "total_seconds seconds",
        "get_or_insert entry", "println print", "Println Printf Print", "Lock RLock", "Unlock RUnlock",
        "next prev previous",
    ])

    /// Variables and attributes that come in pairs.
    static let names = TokenReplacementOperator.families([
        "i j k", "j k", "x y z", "m n", "a b c", "p q", "u v w", "s t", "row col", "rows cols", "row column", "r c",
        "width height", "w h", "left right", "l r", "lo hi", "low high", "lower upper", "min max", "minimum maximum",
        "start end stop", "begin end", "first last", "head tail", "front back", "next prev previous",
        "prev curr current",
        "src dst", "source target", "source destination", "from to", "input output", "key value", "k v", "name value",
        "parent child", "parent children", "old new", "before after", "top bottom", "up down", "index count",
        "size capacity",
        "count size length", "offset length", "args kwargs", "lhs rhs", "dx dy", "x1 x2", "y1 y2", "x1 y1", "x2 y2",
        "total count",
        "sum count", "numerator denominator", "debit credit", "read write", "slow fast", "best current", "node root",
        "cls self", "request response", "result results", "item items", "expected actual", "in out", "open close",
        "hour minute second",
        "hours minutes seconds", "days hours", "year month day", "subtotal total", "price quantity", "used free",
    ])

    static let errors = TokenReplacementOperator.families([
        "ValueError TypeError KeyError IndexError AttributeError RuntimeError", "KeyError IndexError LookupError",
        "KeyError ValueError", "IndexError ValueError", "ZeroDivisionError ValueError ArithmeticError",
        "FileNotFoundError OSError IOError", "NotImplementedError RuntimeError", "StopIteration RuntimeError",
        "IllegalArgumentException IllegalStateException NullPointerException IndexOutOfBoundsException",
        "NoSuchElementException IllegalStateException", "TypeError RangeError Error",
        "EINVAL ENOMEM ERANGE ENOENT",
    ])
}
