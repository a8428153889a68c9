/// Text from a program, made safe to show.
package enum TerminalText {
    /// Removes escape sequences, control characters other than newline and tab, and what reorders or hides text.
    ///
    /// A program's output could otherwise move the cursor, retitle the window, answer for the user, or make a failing
    /// line read as a passing one (CVE-2021-42574).
    package static func sanitised(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        var state = State.plain
        for scalar in text.unicodeScalars {
            switch state {
            case .plain:
                if scalar == "\u{1B}" {
                    state = .escape
                } else if scalar == "\u{9B}" {
                    state = .sequence
                } else if opensString(c1: scalar) {
                    state = .string
                } else if isHarmless(scalar) {
                    result.append(scalar)
                }
            case .escape: state = afterEscape(scalar)
            case .sequence:
                // ECMA-48: parameters and intermediates until one final byte. A newline shows that it was none.
                if ("@"..."~").contains(scalar) {
                    state = .plain
                } else if scalar == "\n" {
                    result.append(scalar)
                    state = .plain
                } else if scalar == "\u{1B}" {
                    state = .escape
                }
            case .string:
                // Ends with BEL or ST. A newline ends it too: better a stray letter shown than a report swallowed.
                if scalar == "\u{07}" || scalar == "\u{9C}" {
                    state = .plain
                } else if scalar == "\n" {
                    result.append(scalar)
                    state = .plain
                } else if scalar == "\u{1B}" {
                    state = .escape
                }
            }
        }
        return String(result)
    }

    private enum State { case plain, escape, sequence, string }

    private static func afterEscape(_ scalar: Unicode.Scalar) -> State {
        switch scalar {
        case "[": .sequence
        case "]", "P", "X", "^", "_": .string
        case " "..."/": .escape  // an intermediate byte; the final one follows
        case "\u{1B}": .escape
        default: .plain
        }
    }

    /// DCS, SOS, OSC, PM and APC as single C1 characters.
    private static func opensString(c1 scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{90}" || scalar == "\u{98}" || ("\u{9D}"..."\u{9F}").contains(scalar)
    }

    /// Whether a character only shows itself: it neither commands a terminal, nor hides, nor reorders others.
    static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\t": true
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": false
        // Soft hyphen, grapheme joiner, fillers of Hangul, Khmer and Mongolian, which all show as nothing.
        case "\u{AD}", "\u{34F}", "\u{115F}", "\u{1160}", "\u{17B4}", "\u{17B5}", "\u{180B}"..."\u{180F}": false
        case "\u{61C}", "\u{200B}"..."\u{200F}", "\u{2028}"..."\u{202E}", "\u{2060}"..."\u{206F}", "\u{FEFF}": false
        case "\u{3164}", "\u{FFA0}", "\u{FFF9}"..."\u{FFFB}", "\u{1D173}"..."\u{1D17A}": false
        case "\u{E0000}"..."\u{E0FFF}": false
        default: true
        }
    }
}
