import Editing

/// Families of names that people mix up: what belongs to one may stand where another of it was meant.
enum ConfusableNames {
    /// The methods and functions that may be meant instead of one, likeliest first.
    static func calls(insteadOf name: String, in language: SourceLanguage) -> [String] {
        callsByLanguage[language]?[name] ?? []
    }

    private static let callsByLanguage: [SourceLanguage: [String: [String]]] = {
        let families: [SourceLanguage: [String]] = [
            .python: python, .swift: swift, .c: c, .javaScript: javaScript, .java: java, .rust: rust, .go: go,
        ]
        return families.mapValues { TokenReplacementOperator.families($0 + shared) }
    }()

    private static let shared = [
        "min max", "floor ceil round", "sin cos tan", "log log2 log10 exp", "sqrt pow", "add sub mul div",
        "add subtract multiply divide", "gcd lcm", "mean median mode", "open close",
        "lock unlock", "enable disable", "show hide", "increment decrement", "save load", "push pop",
        "next prev previous",
        "get set", "add remove", "first last", "union intersection difference", "encode decode",
    ]
    private static let python = [
        "append extend add insert appendleft", "pop popleft", "pop remove discard", "keys values items",
        "get setdefault pop", "update add", "index find rindex rfind", "min max sum", "any all",
        "sorted reversed list set", "sort reverse", "list set tuple dict", "int float str round", "startswith endswith",
        "strip lstrip rstrip", "lower upper capitalize title", "split rsplit splitlines partition",
        "partition rpartition", "isdigit isalpha isalnum isspace isnumeric", "isupper islower", "ljust rjust center",
        "dumps loads", "dump load", "join format", "removeprefix removesuffix", "match search fullmatch",
        "findall finditer", "bisect_left bisect_right", "insort_left insort_right", "heappush heappop heappushpop",
        "randint randrange", "read readline readlines", "write writelines", "exists isfile isdir",
        "exists is_file is_dir",
        "isinstance issubclass", "getattr hasattr setattr", "enumerate zip range", "copy deepcopy",
        "total_seconds seconds", "floor ceil trunc round", "combinations permutations product", "intersection union",
        "issubset issuperset", "acquire release", "count index", "abs int",
    ]
    private static let swift = [
        "removeFirst removeLast popLast", "first last", "prefix suffix", "dropFirst dropLast", "append insert",
        "insert remove", "contains allSatisfy", "firstIndex lastIndex", "map flatMap compactMap", "map filter",
        "sort reverse", "sorted reversed", "hasPrefix hasSuffix", "lowercased uppercased",
        "formUnion formIntersection subtract",
        "union intersection subtracting symmetricDifference", "isSubset isSuperset", "keys values",
        "startIndex endIndex",
        "lowerBound upperBound", "floor ceil round rounded trunc", "isMultiple quotientAndRemainder",
        "isLetter isNumber isWhitespace",
        "drop prefix", "append appending", "joined split", "max min",
    ]
    private static let c = [
        "strcmp strncmp strcasecmp", "strcpy strncpy strcat", "strcat strncat strcpy", "strlen sizeof",
        "strchr strrchr",
        "strchr strstr", "memcpy memmove", "malloc calloc", "fgets gets", "fgetc getc", "atoi atol atof",
        "abs labs fabs", "isdigit isxdigit isalnum isalpha", "isupper islower", "isalpha isalnum isspace",
        "tolower toupper", "fmin fmax", "MIN MAX", "push_back push_front emplace_back", "pop_back pop_front",
        "front back",
        "begin end", "rbegin rend", "lower_bound upper_bound", "find rfind", "size capacity", "strtol strtoul",
        "fread fwrite", "htons ntohs htonl ntohl",
    ]
    private static let javaScript = [
        "push unshift concat", "pop shift", "slice splice", "map filter forEach", "some every find",
        "find filter findIndex",
        "indexOf lastIndexOf", "keys values entries", "startsWith endsWith", "trim trimStart trimEnd",
        "toLowerCase toUpperCase", "padStart padEnd", "substring substr slice", "charAt charCodeAt",
        "replace replaceAll",
        "parseInt parseFloat Number", "floor ceil round trunc", "get has", "parse stringify", "sort reverse",
        "match test exec",
        "shift unshift", "push pop",
    ]
    private static let java = [
        "add addAll addFirst addLast", "offer poll peek", "push pop peek", "removeFirst removeLast", "getFirst getLast",
        "contains containsKey containsValue", "entrySet keySet values", "get getOrDefault", "put putIfAbsent",
        "indexOf lastIndexOf", "startsWith endsWith", "toLowerCase toUpperCase", "trim strip", "substring charAt",
        "replace replaceAll replaceFirst", "equals equalsIgnoreCase", "allMatch anyMatch noneMatch", "isEmpty isBlank",
        "isDigit isLetter isLetterOrDigit", "isUpperCase isLowerCase", "println print printf", "length size",
        "floor ceil round",
        "parseInt valueOf", "incrementAndGet getAndIncrement", "append insert",
    ]
    private static let rust = [
        "push push_str insert", "pop remove", "push_front push_back", "pop_front pop_back", "first last",
        "contains contains_key",
        "iter iter_mut into_iter", "starts_with ends_with", "trim trim_start trim_end", "to_lowercase to_uppercase",
        "is_none is_some", "is_ok is_err", "any all", "map filter filter_map flat_map", "min max sum product",
        "find position",
        "wrapping_add checked_add saturating_add", "wrapping_sub checked_sub saturating_sub", "div_euclid rem_euclid",
        "unwrap_or unwrap_or_else unwrap_or_default", "skip take", "skip_while take_while", "keys values",
        "println print eprintln",
        "floor ceil round", "split_at split_off", "sort sort_unstable reverse",
        "is_alphabetic is_numeric is_alphanumeric",
    ]
    private static let go = [
        "HasPrefix HasSuffix", "TrimLeft TrimRight TrimSpace Trim", "TrimPrefix TrimSuffix", "ToLower ToUpper",
        "Split SplitN Fields",
        "Index LastIndex", "Contains ContainsAny ContainsRune", "Println Printf Print", "Sprintf Sprint",
        "Floor Ceil Round",
        "Min Max", "Lock RLock", "Unlock RUnlock", "IsLetter IsDigit IsSpace", "IsUpper IsLower", "Push Pop",
        "Atoi ParseInt",
        "Replace ReplaceAll", "Front Back", "PushFront PushBack", "len cap",
    ]

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
