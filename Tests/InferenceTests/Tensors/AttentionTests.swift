import CKernels
import Foundation
import Testing

@testable import Inference

@Suite(.serialized) struct AttentionTests {
    /// Three sequences that share a prefix of 75 positions and go on for 29 of their own, three heads each.
    private struct Scene {
        let shape: ck_attention_shape
        let prefix = 75
        let tail = 29
        /// Rows of each sequence's whole cache, positions 0 ..< 104.
        var keys: [[UInt8]] = []
        var values: [[UInt8]] = []
        var queries: [(sequence: Int, position: Int, query: [Float])] = []
        var rowBytes: Int { Int(ck_cache_row_bytes(shape.cache_type, Int64(shape.head_dim))) }

        init(_ shape: ck_attention_shape, seed: UInt64) {
            self.shape = shape
            var random = SplitMix(state: seed)
            let dims = Int(shape.head_dim)
            func rows(_ count: Int) -> [UInt8] {
                let bytes = Int(ck_cache_row_bytes(shape.cache_type, shape.head_dim.int64))
                return (0..<count).flatMap { _ in
                    var row = [UInt8](repeating: 0, count: bytes)
                    ck_cache_write(shape.cache_type, random.normals(dims), shape.head_dim.int64, &row)
                    return row
                }
            }
            let (sharedKeys, sharedValues) = (rows(prefix), rows(prefix))
            for sequence in 0..<3 {
                keys.append(sharedKeys + rows(tail))
                values.append(sharedValues + rows(tail))
                for step in 0..<3 {
                    for _ in 0..<3 {
                        queries.append((sequence, prefix + tail - 1 - step * (sequence + 5), random.normals(dims)))
                    }
                }
            }
        }

        /// All queries in one call, the prefix shared: the kernel's way.
        func together() -> [[Float]] {
            let (rowBytes, dims) = (rowBytes, Int(shape.head_dim))
            var out = [Float](repeating: .nan, count: queries.count * dims)
            let inputs = queries.flatMap(\.query)
            keys[0].withUnsafeBytes { sharedKeys in
                values[0].withUnsafeBytes { sharedValues in
                    let tails = (0..<3).map { sequence in
                        (
                            UnsafeMutableRawBufferPointer.copy(keys[sequence].dropFirst(prefix * rowBytes)),
                            UnsafeMutableRawBufferPointer.copy(values[sequence].dropFirst(prefix * rowBytes))
                        )
                    }
                    defer {
                        for pair in tails {
                            pair.0.deallocate()
                            pair.1.deallocate()
                        }
                    }
                    let segments = tails.flatMap { pair in
                        [
                            ck_attention_segment(
                                keys: sharedKeys.baseAddress!, values: sharedValues.baseAddress!,
                                stride: Int64(rowBytes), start: 0, count: Int32(prefix)),
                            ck_attention_segment(
                                keys: pair.0.baseAddress!, values: pair.1.baseAddress!, stride: Int64(rowBytes),
                                start: Int32(prefix), count: Int32(tail)),
                        ]
                    }
                    segments.withUnsafeBufferPointer { segments in
                        let sequences = (0..<3).map {
                            ck_attention_sequence(
                                segments: segments.baseAddress! + 2 * $0, segment_count: 2, first_query: Int32(9 * $0),
                                query_count: 9)
                        }
                        attend(sequences, inputs: inputs, positions: queries.map(\.position), &out)
                    }
                }
            }
            return (0..<queries.count).map { Array(out[$0 * dims..<($0 + 1) * dims]) }
        }

        /// Query `index` by itself over one segment.
        func alone(_ index: Int) -> [Float] {
            let query = queries[index]
            var out = [Float](repeating: .nan, count: Int(shape.head_dim))
            keys[query.sequence].withUnsafeBytes { keys in
                values[query.sequence].withUnsafeBytes { values in
                    var segment = ck_attention_segment(
                        keys: keys.baseAddress!, values: values.baseAddress!, stride: Int64(rowBytes), start: 0,
                        count: Int32(query.position + 1))
                    withUnsafePointer(to: &segment) { segment in
                        let sequence = ck_attention_sequence(
                            segments: segment, segment_count: 1, first_query: 0, query_count: 1)
                        attend([sequence], inputs: query.query, positions: [query.position], &out)
                    }
                }
            }
            return out
        }

        private func attend(
            _ sequences: [ck_attention_sequence], inputs: [Float], positions: [Int], _ out: inout [Float]
        ) {
            var shape = shape
            let bytes = Int(ck_attention_scratch(&shape, Int64(positions.count)))
            let scratch = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            defer { scratch.deallocate() }
            let dims = Int(shape.head_dim)
            inputs.withUnsafeBufferPointer { inputs in
                out.withUnsafeMutableBufferPointer { out in
                    let queries = positions.enumerated().map { index, position in
                        ck_attention_query(
                            query: inputs.baseAddress! + index * dims, out: out.baseAddress! + index * dims,
                            position: Int32(position))
                    }
                    ck_attend(
                        &shape, sequences, Int64(sequences.count), queries, Int64(positions.count), scratch)
                }
            }
        }

        /// In double precision, from the definition.
        func expected(_ index: Int) -> [Double] {
            let (sequence, position, query) = queries[index]
            let dims = Int(shape.head_dim)
            let type: TensorType = shape.cache_type == Int32(CK_F16) ? .f16 : .q8_0
            let keys = dequantised(keys[sequence], type: type, count: (prefix + tail) * dims)
            let values = dequantised(values[sequence], type: type, count: (prefix + tail) * dims)
            let seen = (0...position).filter { other in
                (shape.window == 0 || other > position - Int(shape.window))
                    && (shape.chunk == 0 || other / Int(shape.chunk) == position / Int(shape.chunk))
            }
            let cap = Double(shape.cap)
            let scores = seen.map { other -> Double in
                var score = 0.0
                for d in 0..<dims { score += Double(keys[other * dims + d]) * Double(query[d]) }
                score *= Double(shape.scale)
                return cap > 0 ? cap * tanh(score / cap) : score
            }
            let top = scores.max() ?? 0
            let weights = scores.map { exp($0 - top) }
            let total = weights.reduce(0, +)
            return (0..<dims).map { d -> Double in
                var sum = 0.0
                for (other, weight) in zip(seen, weights) { sum += weight / total * Double(values[other * dims + d]) }
                return sum
            }
        }
    }

    static let shapes: [ck_attention_shape] = {
        var shapes: [ck_attention_shape] = []
        for (type, dims) in [(CK_F16, 80)]
            + [CK_F16, CK_Q8_0].flatMap({ type in [32, 64, 128, 256].map { (type, $0) } })
        {
            for (cap, window, chunk) in [(Float(0), Int32(0), Int32(0)), (5, 0, 0), (0, 20, 0), (0, 0, 32)] {
                shapes.append(
                    ck_attention_shape(
                        cache_type: Int32(type), head_dim: Int32(dims), scale: 1 / Float(dims).squareRoot(), cap: cap,
                        window: window, chunk: chunk))
            }
        }
        return shapes
    }()

    @Test("attention is softmax over the keys that a query sees", arguments: shapes.indices)
    func definition(index: Int) {
        let scene = Scene(Self.shapes[index], seed: UInt64(index))
        for results in onEveryPath(scene.together) {
            for (query, result) in results.enumerated() {
                let worst = zip(scene.expected(query), result).map { abs($0 - Double($1)) }.max() ?? .nan
                #expect(worst < 3e-6)
            }
        }
    }

    @Test("a query's bits depend neither on its company nor on where segments begin", arguments: shapes.indices)
    func company(index: Int) {
        let scene = Scene(Self.shapes[index], seed: 99)
        let together = scene.together()
        for query in together.indices {
            #expect(scene.alone(query).map(\.bitPattern) == together[query].map(\.bitPattern))
        }
    }

    @Test("every path attends with the same bits")
    func paths() {
        for shape in Self.shapes {
            let scene = Scene(shape, seed: 5)
            let results = onEveryPath { scene.together().map { $0.map(\.bitPattern) } }
            for result in results { #expect(result == results[0]) }
        }
    }
}

extension Int32 {
    fileprivate var int64: Int64 { Int64(self) }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate static func copy(_ bytes: some Collection<UInt8>) -> Self {
        let buffer = Self.allocate(byteCount: bytes.count, alignment: 16)
        buffer.copyBytes(from: bytes)
        return buffer
    }
}
