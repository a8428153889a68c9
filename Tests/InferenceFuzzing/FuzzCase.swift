import Inference

/// Reads a file as completely as Fettle ever would: header, values, tensors' bytes, tokenizer, text there and back.
///
/// What it must never do is trap or read beyond the bytes; errors are answers.
package enum FuzzCase {
    /// How far reading came, to see that mutations reach what lies deep.
    package enum Depth: Int, CaseIterable, Sendable {
        case refused, opened, tokenized
    }

    /// Plain, contracted, spaced, special, half a character, no UTF-8 at all; long enough for a heap.
    private static let texts: [[UInt8]] = [
        Array("the abc  th1122é\n\n it's <|endoftext|><s>\r\n  中A".utf8),
        [0xC3, 0x20, 0xE2, 0x96, 0xFF, 0x00, 0xC0, 0x80, 0xF4],
        Array(repeating: 0x61, count: 50) + Array("bcthe".utf8),
    ]

    @discardableResult
    package static func read(_ bytes: [UInt8]) -> Depth {
        guard let file = try? GGUFFile(bytes: bytes) else { return .refused }
        for key in file.metadata.keys { visit(file.metadata[key]) }
        var sum: UInt8 = 0
        for tensor in file.tensors {
            for byte in tensor.bytes { sum &+= byte }
            _ = try? file.tensor(tensor.name)?.bytes.count
        }
        consume(sum)
        guard let tokenizer = try? Tokenizer(file.metadata) else { return .opened }
        for text in texts {
            let tokens =
                tokenizer.encode(text) + tokenizer.encode(text, addSpecial: true, parseSpecial: true) + [-1, .max]
            var decoder = StreamingDecoder(tokenizer)
            var streamed = ""
            for token in tokens { streamed += decoder.append(token) }
            consume(UInt8(truncatingIfNeeded: (streamed + decoder.finish() + tokenizer.decode(tokens)).utf8.count))
        }
        return .tokenized
    }

    private static func visit(_ value: GGUFValue?) {
        guard let value else { return }
        consume(
            UInt8(truncatingIfNeeded: value.int ?? value.string?.utf8.count ?? value.double.map { $0 > 0 ? 1 : 0 } ?? 0)
        )
        if let array = value.array { visit(array) }
    }

    private static func visit(_ array: GGUFArray) {
        consume(UInt8(truncatingIfNeeded: array.ints()?.count ?? array.floats()?.count ?? array.bools()?.count ?? 0))
        consume(UInt8(truncatingIfNeeded: array.strings()?.reduce(0) { $0 &+ $1.utf8.count } ?? 0))
        for inner in array.arrays() ?? [] { visit(inner) }
    }

    /// Keeps the compiler from dropping reads whose result is not used.
    @inline(never)
    private static func consume(_ value: UInt8) {}
}
