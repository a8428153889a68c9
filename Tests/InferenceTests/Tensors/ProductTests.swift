import CKernels
import KernelProducts
import Testing

@testable import Inference

/// Serialised: a test that goes through the paths changes the process's.
@Suite(.serialized) struct ProductTests {
    /// Rows, columns and batch: whole groups and broken ones, one block and many.
    static let shapes = [
        (24, 2304, 9), (8, 256, 1), (24, 512, 4), (13, 768, 7), (37, 1024, 11), (5, 256, 3), (70, 256, 30),
        (45, 1280, 50), (24, 512, 2), (24, 512, 5), (13, 768, 6), (24, 512, 8), (24, 512, 16), (24, 512, 17),
        (37, 768, 33), (59, 768, 31), (52, 768, 35),
    ]

    private func products(
        _ matrix: PackedMatrix, _ input: [Float], count: Int, asPrompt: Bool = false,
        pool: WorkerPool = WorkerPool(threads: 1)
    ) -> [Float] {
        let kind = asPrompt ? matrix.promptKind : matrix.kind
        let batch = PreparedRows(kind: kind, columns: matrix.columns, capacity: count)
        batch.prepare(input, stride: matrix.columns, count: count, pool: pool)
        var out = [Float](repeating: .nan, count: count * matrix.rows)
        matrix.multiply(batch, count: count, into: &out, stride: matrix.rows, pool: pool)
        return out
    }

    @Test("every path gives the portable one's bits", arguments: TensorType.allCases, shapes)
    func paths(type: TensorType, shape: (Int, Int, Int)) throws {
        let (rows, columns, count) = shape
        var random = SplitMix(state: UInt64(rows))
        let bytes = randomBlocks(type, elements: rows * columns, &random)
        let input = random.normals(columns * count)
        let results = try onEveryPath {
            products(try #require(packed(bytes, type: type, rows: rows, columns: columns)), input, count: count)
                .map(\.bitPattern)
        }
        for result in results { #expect(result == results[0]) }
    }

    @Test(
        "products are near those in double precision, a prompt's nearer", arguments: TensorType.allCases,
        [(40, 1024, 5), (37, 2304, 70)])
    func accuracy(type: TensorType, shape: (rows: Int, columns: Int, count: Int)) throws {
        var random = SplitMix(state: 7)
        let (rows, columns, count) = shape
        let bytes = randomBlocks(type, elements: rows * columns, &random)
        let weights = dequantised(bytes, type: type, count: rows * columns).map(Double.init)
        let input = random.normals(columns * count)
        let matrix = try #require(packed(bytes, type: type, rows: rows, columns: columns))
        for asPrompt in [false, true] {
            let out = products(matrix, input, count: count, asPrompt: asPrompt)
            // On average eight-bit inputs err by 0.5 to 1 %; bfloat16 by 0.2 % on either side; floats by rounding alone.
            let isBrain = asPrompt && matrix.promptKind == .bfloat16
            let limit = type.blockElements == 1 ? 2e-6 : isBrain ? 0.005 : 0.015
            for t in 0..<count {
                let row = input[t * columns..<(t + 1) * columns].map(Double.init)
                var (error, size) = (0.0, 0.0)
                for r in 0..<rows {
                    var exact = 0.0
                    for c in 0..<columns { exact += weights[r * columns + c] * row[c] }
                    error += (exact - Double(out[t * rows + r])) * (exact - Double(out[t * rows + r]))
                    size += exact * exact
                }
                #expect((error / size).squareRoot() < limit, "row \(t), as a prompt: \(asPrompt)")
            }
        }
    }

    @Test(
        "a row's product is the same alone, in a batch, and on two threads", arguments: TensorType.allCases,
        [(100, 512, 23), (37, 2080, 70), (45, 1280, 600)])
    func batchInvariance(type: TensorType, shape: (rows: Int, columns: Int, count: Int)) throws {
        var random = SplitMix(state: 3)
        let (rows, count) = (shape.rows, shape.count)
        let columns = shape.columns / type.blockElements * type.blockElements
        let bytes = randomBlocks(type, elements: rows * columns, &random)
        let matrix = try #require(packed(bytes, type: type, rows: rows, columns: columns))
        let input = random.normals(columns * count)
        for asPrompt in [false, true] {
            let together = products(matrix, input, count: count, asPrompt: asPrompt, pool: WorkerPool(threads: 2))
            for t in stride(from: 0, to: count, by: count / 23) {
                let row = Array(input[t * columns..<(t + 1) * columns])
                let alone = products(matrix, row, count: 1, asPrompt: asPrompt)
                #expect(alone.map(\.bitPattern) == together[t * rows..<(t + 1) * rows].map(\.bitPattern))
            }
        }
    }

    @Test(
        "the largest codes and inputs do not saturate", arguments: TensorType.allCases.filter { $0.blockElements > 1 })
    func extremes(type: TensorType) throws {
        let (rows, columns) = (8, 512)
        // Every bit set, then none, then alternating: the ends of each type's range.
        for pattern in [UInt8(0xff), 0x00, 0x80, 0x7f, 0xf0, 0x0f] {
            var bytes = [UInt8](repeating: pattern, count: rows * columns / type.blockElements * type.blockBytes)
            for block in stride(from: 0, to: bytes.count, by: type.blockBytes) {
                for place in type.halfFloats { (bytes[block + place], bytes[block + place + 1]) = (0, 0x2c) }
            }
            for input in [
                [Float](repeating: 1, count: columns), [Float](repeating: -1, count: columns),
                (0..<columns).map { $0.isMultiple(of: 2) ? 1 : -1 }, (0..<columns).map { $0 % 4 < 2 ? 1 : -1 },
            ] {
                // One row, and as many as the kernels of many rows take, all alike.
                let inputs = Array(repeatElement(input, count: 33).joined())
                let results = try onEveryPath {
                    let matrix = try #require(packed(bytes, type: type, rows: rows, columns: columns))
                    return products(matrix, input, count: 1) + products(matrix, inputs, count: 33)
                }
                let weights = dequantised(bytes, type: type, count: columns)
                let exact = zip(weights, input).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                let size = weights.reduce(0.0) { $0 + Double(abs($1)) }
                for result in results {
                    #expect(abs(Double(result[0]) - exact) <= 0.001 * size + 1e-6, "pattern \(pattern)")
                    #expect(stride(from: 0, to: result.count, by: rows).allSatisfy { result[$0] == results[0][0] })
                }
            }
        }
    }

    @Test(
        "a row that is prepared in parts has the bytes of one that is prepared whole",
        arguments: [TensorType.f32, .q8_0, .q6_K], [false, true])
    func parts(type: TensorType, asPrompt: Bool) {
        let (columns, rows) = (2304, 20)
        let kind = asPrompt ? ck_prompt_rows_kind(type.kernelType) : ck_rows_kind(type.kernelType)
        var random = SplitMix(state: 11)
        let input = random.normals(columns * rows)
        func prepared(_ parts: [Range<Int>]) -> [UInt8] {
            let count = Int(ck_prepared_bytes(kind, Int64(columns))) * 32
            let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 64)
            defer { bytes.deallocate() }
            bytes.initializeMemory(as: UInt8.self, repeating: 0)
            guard let base = bytes.baseAddress else { return [] }
            for part in parts {
                input.withUnsafeBufferPointer { input in
                    guard let input = input.baseAddress else { return }
                    ck_prepare(
                        kind, input + part.lowerBound, Int64(columns), Int64(columns), Int64(part.lowerBound),
                        Int64(part.upperBound), 0, Int64(rows), base)
                }
            }
            return Array(bytes)
        }
        for results in onEveryPath({
            (whole: prepared([0..<columns]), parts: prepared([1024..<columns, 0..<1024]))
        }) {
            #expect(results.whole == results.parts)
            #expect(results.whole.contains { $0 != 0 })
        }
    }

    @Test("sizes that do not fit are refused")
    func refused() {
        #expect(packed([0, 1, 2], type: .q4_0, rows: 1, columns: 32) == nil)
        #expect(packed([UInt8](repeating: 0, count: 18), type: .q4_0, rows: 1, columns: 31) == nil)
        #expect(packed([], type: .f32, rows: 0, columns: 1) == nil)
        #expect(TensorType.q4_K.byteCount(elements: 512) == 288)
        #expect(TensorType.q4_K.byteCount(elements: 100) == nil)
        #expect(TensorType.f32.byteCount(elements: Int.max) == nil)
        #expect(TensorType.f32.byteCount(elements: -4) == nil)
    }
}
