/// What a pre-tokenizer's patterns ask of a character: the general categories of Unicode as far as they occur in them, and `\s`.
struct CharacterClass: OptionSet, Sendable {
    let rawValue: UInt8

    /// `\p{L}`
    static let letter = CharacterClass(rawValue: 1)
    /// `\p{N}`
    static let number = CharacterClass(rawValue: 2)
    /// `\p{P}`
    static let punctuation = CharacterClass(rawValue: 4)
    /// `\p{S}`
    static let symbol = CharacterClass(rawValue: 8)
    /// `\p{M}`
    static let mark = CharacterClass(rawValue: 16)
    /// `\s`
    static let whitespace = CharacterClass(rawValue: 32)

    /// The class of a code point; code points that are no scalar have none.
    init(of code: UInt32) {
        self = code < 0x1_0000 ? Self.basicPlane[Int(code)] : Self(lookingUp: code)
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// By code point. Looking a property up takes a tenth of a microsecond: the plane that nearly all text is in is looked up once.
    static let basicPlane: [CharacterClass] = (0..<0x1_0000).map { CharacterClass(lookingUp: $0) }

    private init(lookingUp code: UInt32) {
        switch code {
        // Large blocks of ideographs and syllables, for the sake of the time that the table takes.
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3: self = .letter
        case 0xE000...0xF8FF: self = []
        default: self = Unicode.Scalar(code).map { Self(of: $0.properties) } ?? []
        }
    }

    private init(of properties: Unicode.Scalar.Properties) {
        if properties.isWhitespace {
            self = .whitespace
            return
        }
        // Models were trained with the tables of their day: what Unicode assigned after 15.1 is still unassigned to them.
        guard let age = properties.age, (age.major, age.minor) <= (15, 1) else {
            self = []
            return
        }
        self =
            switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: .letter
            case .decimalNumber, .letterNumber, .otherNumber: .number
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation, .otherPunctuation:
                .punctuation
            case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: .symbol
            case .nonspacingMark, .spacingMark, .enclosingMark: .mark
            default: []
            }
    }
}
