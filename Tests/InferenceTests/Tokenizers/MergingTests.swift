import Testing

@testable import Inference

@Suite("Merging")
struct MergingTests {
    /// The definition, slowly: again and again the best pair, of equals the leftmost.
    private func naive(_ symbols: [Int32], _ lookup: (Int32, Int32) -> MergeList.Merge?) -> [Int32] {
        var symbols = symbols
        while true {
            var best: (index: Int, merge: MergeList.Merge)?
            for index in symbols.indices.dropLast() {
                guard let merge = lookup(symbols[index], symbols[index + 1]) else { continue }
                if best.map({ merge.priority < $0.merge.priority }) ?? true { best = (index, merge) }
            }
            guard let best else { return symbols }
            symbols.replaceSubrange(best.index...best.index + 1, with: [best.merge.symbol])
        }
    }

    @Test("short and long words merge as the definition says", arguments: 1...40)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var merges: [[Int32]: MergeList.Merge] = [:]
        for symbol in 4..<40 as Range<Int32> {
            let pair = [Int32(random.below(Int(symbol))), Int32(random.below(Int(symbol)))]
            // Some priorities are equal, as SentencePiece's scores can be.
            merges[pair] = MergeList.Merge(priority: UInt32(random.below(30)), symbol: symbol)
        }
        for length in [0, 1, 2, 10, 48, 49, 200] {
            let symbols = (0..<length).map { _ in Int32(random.below(4)) }
            var list = MergeList()
            for symbol in symbols { list.append(symbol) }
            list.merge { merges[[$0, $1]] }
            #expect(list.symbols == naive(symbols) { merges[[$0, $1]] }, "seed \(seed), length \(length)")
        }
    }

    @Test("equal texts: the last one is found, and every number keeps its text")
    func table() {
        var table = PieceTable(expecting: 0)
        for index in 0..<1000 { table.append("t\(index % 500)".utf8) }
        for index in 0..<500 {
            let text = Array("t\(index)".utf8)
            #expect(text.withUnsafeBufferPointer { table.find($0) } == Int32(index + 500))
            #expect(Array(table.strings[index]) == text)
        }
        #expect(Array("t500".utf8).withUnsafeBufferPointer { table.find($0) } == nil)
    }

    @Test("the byte alphabet has one spelling for each byte")
    func alphabet() {
        var seen: Set<UInt8> = []
        for scalar in (0x21...0x143 as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init) {
            var decoded: [UInt8] = []
            if Array(String(scalar).utf8).withUnsafeBufferPointer({ ByteAlphabet.decode($0, into: &decoded) }) {
                #expect(seen.insert(decoded[0]).inserted)
            }
        }
        #expect(seen.count == 256)
        var decoded: [UInt8] = []
        #expect(Array("ĠĊ".utf8).withUnsafeBufferPointer { ByteAlphabet.decode($0, into: &decoded) })
        #expect(decoded == [0x20, 0x0A])
        #expect(!Array("a b".utf8).withUnsafeBufferPointer { ByteAlphabet.decode($0, into: &decoded) })
        #expect(!([0xC4] as [UInt8]).withUnsafeBufferPointer { ByteAlphabet.decode($0, into: &decoded) })
    }
}
