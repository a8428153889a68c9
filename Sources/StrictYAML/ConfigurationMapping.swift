import Yams

/// One mapping of a YAML document, read strictly: every value has the type asked for, every key is known.
///
/// A reader asks for the keys that it knows and then calls ``finish()``, which fails on the first key nobody asked for:
///
/// ```swift
/// let document = try ConfigurationMapping(parsing: text, file: ".fettle.yml")
/// let test = try document.string("test")
/// try document.finish()
/// ```
///
/// A class because the set of keys asked for grows while reading; confined to the function that parses.
package final class ConfigurationMapping {
    package let file: String
    private let mapping: Node.Mapping
    private let line: Int?
    private var known: [String] = []

    /// Parses a document whose root is a mapping. An empty document is an empty mapping.
    package convenience init(parsing text: String, file: String) throws(ConfigurationError) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw ConfigurationError(parsing: error, file: file)
        } catch {
            throw ConfigurationError(file: file, message: "is not YAML: \(error)")
        }
        guard let root, root.null == nil || root.mapping != nil else {
            self.init(mapping: Node.Mapping([]), file: file, line: nil)
            return
        }
        guard let mapping = root.mapping else {
            throw ConfigurationError(
                file: file, line: root.mark?.line, message: "expected keys and values, like `test: make test`")
        }
        self.init(mapping: mapping, file: file, line: root.mark?.line)
    }

    private init(mapping: Node.Mapping, file: String, line: Int?) {
        self.mapping = mapping
        self.file = file
        self.line = line
    }

    /// The keys in document order.
    package var keys: [String] { mapping.keys.compactMap(\.string) }

    package func string(_ key: String) throws(ConfigurationError) -> String? {
        try scalar(key, "text") { $0.string }
    }

    package func bool(_ key: String) throws(ConfigurationError) -> Bool? {
        try scalar(key, "true or false") { $0.bool }
    }

    package func int(_ key: String) throws(ConfigurationError) -> Int? {
        try scalar(key, "a whole number") { $0.int }
    }

    /// A duration in seconds: `30`, `1.5`, `90s`, `2m`, `1h`.
    package func duration(_ key: String) throws(ConfigurationError) -> Duration? {
        try scalar(key, "a duration such as 30s, 2m or 1h") { Duration(configuration: $0.scalar?.string ?? "") }
    }

    /// A size in bytes: `4096`, `64K`, `512M`, `2G` (powers of 1,024).
    package func bytes(_ key: String) throws(ConfigurationError) -> Int? {
        try scalar(key, "a size such as 64K, 512M or 2G") { Int(configurationBytes: $0.scalar?.string ?? "") }
    }

    /// A list of texts; one text stands for a list of one.
    package func strings(_ key: String) throws(ConfigurationError) -> [String]? {
        try scalar(key, "a list of texts") { node in
            if let single = node.scalar { return single.string.isEmpty ? [] : [single.string] }
            guard let sequence = node.sequence else { return nil }
            let texts = sequence.compactMap { $0.scalar?.string }
            return texts.count == sequence.count ? texts : nil
        }
    }

    package func mapping(_ key: String) throws(ConfigurationError) -> ConfigurationMapping? {
        try scalar(key, "keys and values") { [file] node in
            node.mapping.map { ConfigurationMapping(mapping: $0, file: file, line: node.mark?.line) }
        }
    }

    package func mappings(_ key: String) throws(ConfigurationError) -> [ConfigurationMapping]? {
        try scalar(key, "a list of keys and values") { [file] node in
            guard let sequence = node.sequence else { return nil }
            let found = sequence.compactMap { item in
                item.mapping.map { ConfigurationMapping(mapping: $0, file: file, line: item.mark?.line) }
            }
            return found.count == sequence.count ? found : nil
        }
    }

    /// Texts by key, for free-form tables such as an environment. Every key of this mapping becomes known.
    package func allStrings() throws(ConfigurationError) -> [String: String] {
        var table: [String: String] = [:]
        for key in keys { table[key] = try string(key) ?? "" }
        return table
    }

    /// An error at `key`, for values that are well-typed but make no sense.
    package func error(at key: String, _ message: String) -> ConfigurationError {
        ConfigurationError(file: file, line: mapping[key]?.mark?.line ?? line, message: "`\(key)`: \(message)")
    }

    /// Fails on the first key that nobody asked for, naming the nearest known one.
    package func finish() throws(ConfigurationError) {
        for (node, _) in mapping {
            let key = node.string ?? "?"
            guard !known.contains(key) else { continue }
            throw ConfigurationError(
                file: file, line: node.mark?.line,
                message: "unknown key `\(key)`; known here: \(known.sorted().joined(separator: ", "))")
        }
    }

    private func scalar<Value>(
        _ key: String, _ expectation: String, _ read: (Node) -> Value?
    ) throws(ConfigurationError) -> Value? {
        known.append(key)
        guard let node = mapping[key], node.null == nil else { return nil }
        guard let value = read(node) else { throw error(at: key, "expected \(expectation)") }
        return value
    }
}

extension ConfigurationError {
    fileprivate init(parsing error: YamlError, file: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(file: file, line: mark.line, message: "is not YAML: \(problem)")
        default:
            self.init(file: file, message: "is not YAML: \(error)".split(separator: "\n").joined(separator: " "))
        }
    }
}
