/// Reads GBNF, llama.cpp's grammar notation (`grammars/README.md` there), without its token references.
///
///     root  ::= item ("," ws item){0,9}   # a comment
///     item  ::= [a-z_] [^ \n\]]* | "\u00e9" | .
///     ws    ::= [ \t]*
struct GrammarParser {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var place = GrammarPlace(line: 1, column: 1)
    private var depth = 0

    private static let deepest = 64
    static let mostRepetitions = 10_000

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func parse() throws(InferenceError) -> GrammarSource {
        var rules: [GrammarSource.Rule] = []
        skipBlank(acrossLines: true)
        while peek != nil {
            rules.append(try rule())
            skipBlank(acrossLines: true)
        }
        return GrammarSource(rules: rules)
    }

    // MARK: - Structure

    private mutating func rule() throws(InferenceError) -> GrammarSource.Rule {
        let start = place
        guard let name = word() else { throw start.error("expected the name of a rule, found \(found)") }
        skipBlank(acrossLines: false)
        guard skip(":"), skip(":"), skip("=") else { throw place.error("expected ::= after \(name), found \(found)") }
        skipBlank(acrossLines: true)
        let body = try alternatives(isNested: false)
        guard peek == nil || isNewline(peek) else { throw place.error("expected the end of the line, found \(found)") }
        return GrammarSource.Rule(name: name, place: start, body: body)
    }

    private mutating func alternatives(isNested: Bool) throws(InferenceError) -> GrammarExpression {
        var branches = [try sequence(isNested: isNested)]
        while skipBar(isNested: isNested) {
            skipBlank(acrossLines: true)
            branches.append(try sequence(isNested: isNested))
        }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence(isNested: Bool) throws(InferenceError) -> GrammarExpression {
        var items: [GrammarExpression] = []
        while let item = try item() {
            // What repeats stands right after its item.
            items.append(try repeated(item))
            skipBlank(acrossLines: isNested)
        }
        return items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func item() throws(InferenceError) -> GrammarExpression? {
        let start = place
        switch peek {
        case "\"":
            advance()
            return .literal(try literal(from: start))
        case "[":
            advance()
            return .characters(try characterClass(from: start))
        case ".":
            advance()
            return .characters([0...0x10FFFF])
        case "(":
            advance()
            depth += 1
            guard depth <= Self.deepest else { throw start.error("groups are nested too deeply") }
            defer { depth -= 1 }
            skipBlank(acrossLines: true)
            let body = try alternatives(isNested: true)
            guard skip(")") else {
                throw place.error("expected ) for the ( of \(start.line):\(start.column), found \(found)")
            }
            return body
        case "<", "!":
            throw start.error("references to tokens are not supported; write the text instead")
        case "*", "+", "?", "{":
            throw start.error("nothing stands before \(found) to repeat")
        default:
            return word().map { .reference($0, start) }
        }
    }

    private mutating func repeated(_ item: GrammarExpression) throws(InferenceError) -> GrammarExpression {
        var item = item
        var stacked = 0
        while true {
            let start = place
            switch peek {
            case "*": item = .repetition(item, minimum: 0, maximum: nil)
            case "+": item = .repetition(item, minimum: 1, maximum: nil)
            case "?": item = .repetition(item, minimum: 0, maximum: 1)
            case "{": item = try bounds(of: item)
            default: return item
            }
            if start == place { advance() }
            stacked += 1
            guard stacked <= 4 else { throw start.error("a repetition of repetitions of repetitions") }
        }
    }

    private mutating func bounds(of item: GrammarExpression) throws(InferenceError) -> GrammarExpression {
        let start = place
        advance()
        skipBlank(acrossLines: false)
        let minimum = try number()
        var maximum = minimum
        skipBlank(acrossLines: false)
        if skip(",") {
            skipBlank(acrossLines: false)
            maximum = try number()
            skipBlank(acrossLines: false)
        } else if minimum == nil {
            throw start.error("expected a number after {, found \(found)")
        }
        guard skip("}") else { throw place.error("expected } after the bounds, found \(found)") }
        if let maximum, maximum < minimum ?? 0 { throw start.error("{\(minimum ?? 0),\(maximum)} can never be met") }
        return .repetition(item, minimum: minimum ?? 0, maximum: maximum)
    }

    private mutating func number() throws(InferenceError) -> Int? {
        let start = place
        var value: Int?
        while let digit = peek.flatMap({ ("0"..."9").contains($0) ? Int($0.value) - 48 : nil }) {
            value = (value ?? 0) * 10 + digit
            guard value ?? 0 <= Self.mostRepetitions else {
                throw start.error("at most \(Self.mostRepetitions) repetitions can be counted")
            }
            advance()
        }
        return value
    }

    // MARK: - Characters

    private mutating func literal(from start: GrammarPlace) throws(InferenceError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            guard peek != nil else { throw start.error("this quoted text never ends") }
            if skip("\"") { return bytes }
            bytes += Array(String(Character(try scalar())).utf8)
        }
    }

    private mutating func characterClass(from start: GrammarPlace) throws(InferenceError) -> [ClosedRange<UInt32>] {
        let isNegated = skip("^")
        var ranges: [ClosedRange<UInt32>] = []
        while true {
            guard peek != nil else { throw start.error("this character class never ends") }
            if skip("]") { break }
            let rangePlace = place
            let low = try scalar().value
            if peek == "-", index + 1 < scalars.count, scalars[index + 1] != "]" {
                advance()
                let high = try scalar().value
                guard low <= high else { throw rangePlace.error("this range runs backwards") }
                ranges.append(low...high)
            } else {
                ranges.append(low...low)
            }
        }
        let merged = CodePoints.normalised(ranges)
        let result = isNegated ? CodePoints.complement(merged) : merged
        if result.isEmpty { throw start.error("no character is in this class") }
        return result
    }

    /// One character, escaped or plain.
    private mutating func scalar() throws(InferenceError) -> Unicode.Scalar {
        let start = place
        guard let first = peek else { throw start.error("the grammar ends in the middle of a character") }
        advance()
        guard first == "\\" else { return first }
        guard let escape = peek else { throw start.error("the grammar ends in the middle of an escape") }
        advance()
        switch escape {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "x": return try hexadecimal(2, from: start)
        case "u": return try hexadecimal(4, from: start)
        case "U": return try hexadecimal(8, from: start)
        case "!"..."/", ":"..."@", "["..."`", "{"..."~": return escape
        default:
            throw start.error("\\\(escape) is no escape; \\n \\r \\t \\\\ \\\" \\[ \\] \\xHH \\uHHHH \\UHHHHHHHH are")
        }
    }

    private mutating func hexadecimal(_ digits: Int, from start: GrammarPlace) throws(InferenceError) -> Unicode.Scalar
    {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = peek.flatMap({ Character($0).hexDigitValue }), value >> 28 == 0 else {
                throw start.error("expected \(digits) hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            advance()
        }
        guard let scalar = Unicode.Scalar(value) else { throw start.error("this escape names no character") }
        return scalar
    }

    // MARK: - Reading on

    private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private var found: String {
        guard let peek else { return "the end of the grammar" }
        return isNewline(peek) ? "the end of the line" : "`\(peek)`"
    }

    private func isNewline(_ scalar: Unicode.Scalar?) -> Bool { scalar == "\n" || scalar == "\r" }

    private mutating func advance() {
        if scalars[index] == "\n" {
            place = GrammarPlace(line: place.line + 1, column: 1)
        } else {
            place.column += 1
        }
        index += 1
    }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        advance()
        return true
    }

    /// A bar, in a group or at the beginning of the next line too.
    private mutating func skipBar(isNested: Bool) -> Bool {
        if skip("|") { return true }
        guard !isNested else { return false }
        let before = (index, place)
        skipBlank(acrossLines: true)
        if skip("|") { return true }
        (index, place) = before
        return false
    }

    private mutating func skipBlank(acrossLines: Bool) {
        while let next = peek {
            if next == "#" {
                while let comment = peek, !isNewline(comment) {
                    _ = comment
                    advance()
                }
            } else if next == " " || next == "\t" || (acrossLines && isNewline(next)) {
                advance()
            } else {
                return
            }
        }
    }

    private mutating func word() -> String? {
        var word = String.UnicodeScalarView()
        while let next = peek, next.isASCII,
            next.properties.isAlphabetic || ("0"..."9").contains(next) || next == "-" || next == "_"
        {
            word.append(next)
            advance()
        }
        return word.isEmpty ? nil : String(word)
    }
}
