/// The ASCII bytes that the lexer tells apart, by name.
extension UInt8 {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let verticalTab: UInt8 = 0x0B
    static let formFeed: UInt8 = 0x0C
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let doubleQuote = UInt8(ascii: "\"")
    static let hash = UInt8(ascii: "#")
    static let dollar = UInt8(ascii: "$")
    static let quote = UInt8(ascii: "'")
    static let openRound = UInt8(ascii: "(")
    static let closeRound = UInt8(ascii: ")")
    static let plus = UInt8(ascii: "+")
    static let minus = UInt8(ascii: "-")
    static let point = UInt8(ascii: ".")
    static let slash = UInt8(ascii: "/")
    static let zero = UInt8(ascii: "0")
    static let upperR = UInt8(ascii: "R")
    static let openSquare = UInt8(ascii: "[")
    static let backslash = UInt8(ascii: "\\")
    static let closeSquare = UInt8(ascii: "]")
    static let backtick = UInt8(ascii: "`")
    static let lowerB = UInt8(ascii: "b")
    static let lowerC = UInt8(ascii: "c")
    static let lowerE = UInt8(ascii: "e")
    static let lowerR = UInt8(ascii: "r")
    static let lowerX = UInt8(ascii: "x")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")

    var isDigit: Bool { self >= .zero && self <= UInt8(ascii: "9") }
    var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
    /// Bytes above ASCII are letters, so that identifiers of any script stay whole.
    var beginsWord: Bool { isLetter || self == UInt8(ascii: "_") || self >= 0x80 }
    var continuesWord: Bool { beginsWord || isDigit || self == .dollar }
    var isPunctuation: Bool { "()[]{},;:.?@#".utf8.contains(self) }
}
