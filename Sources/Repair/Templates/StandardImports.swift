import Editing

/// The standard modules whose names people use and forget to import.
enum StandardImports {
    /// The import lines that a name needs and the file lacks.
    static func lines(for token: Int, in file: SourceFile) -> [String] {
        let name = file.text[token]
        let isMember = token > 0 && file.isMemberAccess(token - 1)
        guard !isMember, !file.importedNames.contains(name) else { return [] }
        let isReceiver = token + 1 < file.code.count && file.text[token + 1] == "."
        switch file.language {
        case .python:
            if isReceiver, pythonModules.contains(name), !isAssigned(name, in: file) { return ["import \(name)"] }
            return pythonNames[name].map { module in isAssigned(name, in: file) ? [] : ["from \(module) import \(name)"]
            } ?? []
        case .c:
            guard let header = cHeaders[name] else { return [] }
            let isIncluded = file.code.contains {
                $0.kind == .directive && file.text(ofBytes: $0.range).contains("<\(header)>")
            }
            return isIncluded ? [] : ["#include <\(header)>"]
        case .swift:
            return !file.importedNames.contains("Foundation") && swiftNames.contains(name) ? ["import Foundation"] : []
        case .go:
            return isReceiver && goPackages.contains(name) && !file.text.contains("\"\(name)\"")
                ? ["import \"\(name)\""] : []
        case .java:
            return javaNames[name].map { ["import \($0).\(name);"] } ?? []
        case .javaScript, .rust:
            return []
        }
    }

    /// The byte before the first import or directive; without one, behind the package line or at the file's beginning.
    static func place(in file: SourceFile) -> Int {
        for statement in file.statements {
            let first = statement.head.lowerBound
            if file.text[first] == "package" { return file.bytes(ofLine: file.code[first].line).upperBound }
            if file.code[first].kind == .string { continue }
            if file.text[first] == "from", file.text.indices.contains(first + 1), file.text[first + 1] == "__future__" {
                continue
            }
            return file.bytes(ofLine: file.code[first].line).lowerBound
        }
        return 0
    }

    private static func isAssigned(_ name: String, in file: SourceFile) -> Bool {
        file.text.indices.contains { index in
            file.text[index] == name && index + 1 < file.code.count
                && (file.text[index + 1] == "="
                    || index > 0 && ["def", "class", "for", "(", ","].contains(file.text[index - 1])
                        && file.isDeclaration(index))
        }
    }

    private static let pythonModules: Set<String> = [
        "math", "os", "sys", "re", "json", "random", "itertools", "functools", "collections", "string", "time",
        "datetime", "copy", "heapq", "bisect", "operator", "statistics", "decimal", "fractions", "io", "csv", "shutil",
        "subprocess", "tempfile", "threading", "logging", "textwrap", "typing", "types", "abc", "enum", "hashlib",
        "struct", "uuid", "warnings", "contextlib", "pathlib", "inspect", "traceback", "glob", "socket", "queue",
    ]
    private static let pythonNames: [String: String] = [
        "defaultdict": "collections", "Counter": "collections", "deque": "collections", "OrderedDict": "collections",
        "namedtuple": "collections", "reduce": "functools", "lru_cache": "functools", "wraps": "functools",
        "partial": "functools", "Path": "pathlib", "Decimal": "decimal", "Fraction": "fractions", "deepcopy": "copy",
        "dataclass": "dataclasses", "field": "dataclasses", "Enum": "enum", "ABC": "abc", "abstractmethod": "abc",
        "chain": "itertools", "product": "itertools", "combinations": "itertools", "permutations": "itertools",
        "Optional": "typing", "List": "typing", "Dict": "typing", "Any": "typing", "Iterable": "typing",
        "timedelta": "datetime", "contextmanager": "contextlib", "StringIO": "io", "sqrt": "math", "gcd": "math",
        "heappush": "heapq", "heappop": "heapq", "bisect_left": "bisect", "bisect_right": "bisect",
    ]
    private static let cHeaders: [String: String] = [
        "strlen": "string.h", "strcmp": "string.h", "strncmp": "string.h", "strcpy": "string.h", "memcpy": "string.h",
        "memset": "string.h", "memmove": "string.h", "strchr": "string.h", "strdup": "string.h", "strstr": "string.h",
        "malloc": "stdlib.h", "calloc": "stdlib.h", "free": "stdlib.h", "realloc": "stdlib.h", "abs": "stdlib.h",
        "qsort": "stdlib.h", "exit": "stdlib.h", "atoi": "stdlib.h", "strtol": "stdlib.h", "printf": "stdio.h",
        "fprintf": "stdio.h", "snprintf": "stdio.h", "fopen": "stdio.h", "isdigit": "ctype.h", "isalpha": "ctype.h",
        "isspace": "ctype.h", "tolower": "ctype.h", "toupper": "ctype.h", "isalnum": "ctype.h", "INT_MAX": "limits.h",
        "INT_MIN": "limits.h", "sqrt": "math.h", "pow": "math.h", "fabs": "math.h", "floor": "math.h", "ceil": "math.h",
        "assert": "assert.h", "bool": "stdbool.h", "uint8_t": "stdint.h", "uint32_t": "stdint.h", "int64_t": "stdint.h",
        "SIZE_MAX": "stdint.h", "errno": "errno.h",
    ]
    private static let swiftNames: Set<String> = [
        "Date", "Data", "URL", "UUID", "sqrt", "pow", "floor", "ceil", "sin", "cos", "NSRegularExpression",
        "FileManager",
        "JSONDecoder", "JSONEncoder", "DateFormatter", "Calendar", "CharacterSet", "ProcessInfo", "Decimal",
    ]
    private static let goPackages: Set<String> = [
        "fmt", "math", "strings", "strconv", "sort", "errors", "os", "io", "bytes", "time", "sync", "unicode", "bufio",
        "regexp", "slices", "maps", "context", "log",
    ]
    private static let javaNames: [String: String] = [
        "List": "java.util", "ArrayList": "java.util", "Map": "java.util", "HashMap": "java.util", "Set": "java.util",
        "HashSet": "java.util", "Arrays": "java.util", "Collections": "java.util", "Deque": "java.util",
        "ArrayDeque": "java.util", "Iterator": "java.util", "Optional": "java.util", "Objects": "java.util",
        "LinkedList": "java.util", "Collectors": "java.util.stream",
    ]
}
