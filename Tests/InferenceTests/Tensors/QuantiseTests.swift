import CKernels
import Testing

@testable import Inference

@Suite struct QuantiseTests {
    private func relativeError(_ type: TensorType, _ x: [Float], importance: [Float]? = nil) throws -> Double {
        var bytes = [UInt8](repeating: 0, count: try #require(type.byteCount(elements: x.count)))
        let done = importance.withPointer { ck_quantise(type.kernelType, x, Int64(x.count), $0, &bytes) }
        #expect(done)
        let back = dequantised(bytes, type: type, count: x.count)
        let weights = importance ?? [Float](repeating: 1, count: x.count)
        var (error, size) = (0.0, 0.0)
        for i in x.indices {
            let difference = Double(x[i]) - Double(back[i])
            error += Double(weights[i]) * difference * difference
            size += Double(weights[i]) * Double(x[i]) * Double(x[i])
        }
        return (error / size).squareRoot()
    }

    /// The reference's relative errors on normal values: 8.59 % for Q4_0 and 0.535 % for Q8_0 by the `gguf` package.
    @Test(
        "normal values lose no more than the reference loses",
        arguments: [
            (TensorType.f32, 0), (.f16, 0.00025), (.bf16, 0.0018), (.q8_0, 0.0055), (.q4_0, 0.083), (.q4_K, 0.075),
            (.q6_K, 0.0185),
        ])
    func errors(type: TensorType, limit: Double) throws {
        var random = SplitMix(state: 11)
        let x = (0..<256 * 64).map { _ in (0..<4).reduce(Float(0)) { sum, _ in sum + random.normal() } * 0.01 }
        #expect(try relativeError(type, x) <= limit)
    }

    @Test("importance moves error to where it matters less", arguments: [TensorType.q4_0, .q4_K, .q6_K])
    func importance(type: TensorType) throws {
        var random = SplitMix(state: 12)
        let x = random.normals(256 * 32)
        let importance = x.indices.map { $0.isMultiple(of: 3) ? Float(100) : 1 }
        let bytes = try #require(type.byteCount(elements: x.count))
        let (plain, weighted) = ([UInt8](repeating: 0, count: bytes), [UInt8](repeating: 0, count: bytes))
        let errors = [plain, weighted].enumerated().map { index, start in
            var start = start
            let given = index == 0 ? nil : Optional(importance)
            _ = given.withPointer { ck_quantise(type.kernelType, x, Int64(x.count), $0, &start) }
            let back = dequantised(start, type: type, count: x.count)
            return x.indices.reduce(0.0) {
                $0 + Double(importance[$1]) * Double(x[$1] - back[$1]) * Double(x[$1] - back[$1])
            }
        }
        #expect(errors[1] < errors[0])
    }

    @Test(
        "zeros stay zeros, and odd values neither trap nor become values out of range", arguments: TensorType.allCases)
    func oddValues(type: TensorType) throws {
        let count = 256
        var bytes = [UInt8](repeating: 0xff, count: try #require(type.byteCount(elements: count)))
        guard ck_quantise(type.kernelType, [Float](repeating: 0, count: count), Int64(count), nil, &bytes) else {
            return
        }
        #expect(dequantised(bytes, type: type, count: count).allSatisfy { $0 == 0 })
        let odd: [Float] = [.nan, .infinity, -.infinity, 1e38, -1e38, .leastNonzeroMagnitude, .leastNormalMagnitude, 3]
        let values = (0..<count).map { odd[$0 % odd.count] }
        #expect(ck_quantise(type.kernelType, values, Int64(count), nil, &bytes))
        // One value far from the others keeps its size.
        var spike = [Float](repeating: 0.001, count: count)
        spike[77] = -5
        #expect(ck_quantise(type.kernelType, spike, Int64(count), nil, &bytes))
        #expect(abs(dequantised(bytes, type: type, count: count)[77] + 5) < 0.05)
    }

    @Test("types without a quantiser say so")
    func unsupported() {
        var bytes = [UInt8](repeating: 0, count: 1024)
        for type in [TensorType.q4_1, .q5_0, .q5_1, .q2_K, .q3_K, .q5_K, .iq4_NL, .iq4_XS] {
            #expect(!ck_quantise(type.kernelType, [Float](repeating: 1, count: 256), 256, nil, &bytes))
        }
    }
}

extension [Float]? {
    fileprivate func withPointer<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
        guard let self else { return body(nil) }
        return self.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
