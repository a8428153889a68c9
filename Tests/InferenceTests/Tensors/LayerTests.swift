import CKernels
import Foundation
import Testing

@testable import Inference

@Suite(.serialized) struct LayerTests {
    /// Whole vectors and broken ones.
    static let counts = [1, 7, 8, 13, 64, 129, 896]

    @Test("norms are their definitions", arguments: counts)
    func norms(count: Int) {
        var random = SplitMix(state: 1)
        let (x, weight, bias) = (random.normals(count), random.normals(count), random.normals(count))
        let mean = x.reduce(0.0) { $0 + Double($1) } / Double(count)
        let square = x.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(count)
        let variance = x.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(count)
        for result in onEveryPath({ () -> ([Float], [Float], [Float]) in
            var (rms, plain, layer) = (x, x, x)
            ck_rms_norm(x, weight, Int64(count), 1e-5, &rms)
            ck_rms_norm(x, nil, Int64(count), 1e-5, &plain)
            ck_layer_norm(x, weight, bias, Int64(count), 1e-5, &layer)
            return (rms, plain, layer)
        }) {
            for i in 0..<count {
                let scaled = Double(x[i]) / (square + 1e-5).squareRoot()
                #expect(abs(Double(result.0[i]) - scaled * Double(weight[i])) < 1e-5)
                #expect(abs(Double(result.1[i]) - scaled) < 1e-5)
                let centred = (Double(x[i]) - mean) / (variance + 1e-5).squareRoot()
                #expect(abs(Double(result.2[i]) - centred * Double(weight[i]) - Double(bias[i])) < 2e-5)
            }
        }
    }

    @Test("activations are their definitions, far out as well", arguments: counts)
    func activations(count: Int) {
        var random = SplitMix(state: 2)
        let x = (0..<count).map { $0 % 5 == 4 ? random.normal() * 60 : random.normal() * 4 }
        let up = random.normals(count)
        for result in onEveryPath({ () -> ([Float], [Float]) in
            var (silu, gelu) = (x, x)
            ck_silu_multiply(x, up, Int64(count), &silu)
            ck_gelu(x, Int64(count), &gelu)
            return (silu, gelu)
        }) {
            for i in 0..<count {
                let v = Double(x[i])
                let silu = v / (1 + exp(-v)) * Double(up[i])
                let gelu = 0.5 * v * (1 + tanh((2 / Double.pi).squareRoot() * (v + 0.044715 * v * v * v)))
                #expect(abs(Double(result.0[i]) - silu) < 1e-5 * max(1, abs(silu)))
                #expect(abs(Double(result.1[i]) - gelu) < 1e-5 * max(1, abs(gelu)))
            }
        }
    }

    @Test("softmax sums to one and log-sum-exp is its normaliser", arguments: counts + [151_936])
    func softmax(count: Int) {
        var random = SplitMix(state: 3)
        let x = (0..<count).map { _ in random.normal() * 10 }
        let top = Double(x.max() ?? 0)
        let exact = top + log(x.reduce(0.0) { $0 + exp(Double($1) - top) })
        for result in onEveryPath({ () -> ([Float], Float) in
            var weights = x
            ck_softmax(&weights, Int64(count))
            return (weights, ck_log_sum_exp(x, Int64(count)))
        }) {
            #expect(abs(Double(result.1) - exact) < 1e-5 * abs(exact) + 1e-6)
            #expect(abs(result.0.reduce(0.0) { $0 + Double($1) } - 1) < 1e-4)
            for i in stride(from: 0, to: count, by: max(1, count / 100)) {
                #expect(abs(Double(result.0[i]) - exp(Double(x[i]) - exact)) < 1e-5)
            }
        }
    }

    @Test("masked logits, −∞, count for nothing")
    func masked() {
        #expect(ck_log_sum_exp([-.infinity, 2, -.infinity], 3) == 2)
        #expect(ck_log_sum_exp([-.infinity, -.infinity], 2) == -.infinity)
        var x: [Float] = [-.infinity, 1, -.infinity, 1]
        ck_softmax(&x, 4)
        #expect(x == [0, 0.5, 0, 0.5])
    }

    @Test("rope turns each pair by its angle", arguments: [CK_ROPE_ADJACENT, CK_ROPE_HALVES], [8, 20, 64])
    func rope(pairs: Int, rotated: Int) {
        var random = SplitMix(state: 4)
        let (heads, stride) = (3, 80)
        let x = random.normals(heads * stride)
        let angles = (0..<rotated / 2).map { _ in Double.random(in: -3...3, using: &random) }
        let (cosines, sines) = (angles.map { Float(cos($0)) }, angles.map { Float(sin($0)) })
        for result in onEveryPath({ () -> [Float] in
            var y = x
            ck_rope(&y, Int64(heads), Int64(stride), Int64(rotated), cosines, sines, Int32(pairs))
            return y
        }) {
            for head in 0..<heads {
                for (i, angle) in angles.enumerated() {
                    let first = head * stride + (pairs == CK_ROPE_HALVES ? i : 2 * i)
                    let second = head * stride + (pairs == CK_ROPE_HALVES ? i + rotated / 2 : 2 * i + 1)
                    let (a, b) = (Double(x[first]), Double(x[second]))
                    #expect(abs(Double(result[first]) - (a * cos(angle) - b * sin(angle))) < 1e-5)
                    #expect(abs(Double(result[second]) - (a * sin(angle) + b * cos(angle))) < 1e-5)
                }
                let rest = head * stride + rotated..<(head + 1) * stride
                #expect(result[rest] == x[rest])
            }
        }
    }

    @Test("sums in place", arguments: counts)
    func sums(count: Int) {
        var random = SplitMix(state: 5)
        let (x, y) = (random.normals(count), random.normals(count))
        for result in onEveryPath({ () -> [Float] in
            var z = x
            ck_add(&z, y, Int64(count))
            ck_scale(&z, 0.5, Int64(count))
            ck_add_scaled(&z, y, 2, Int64(count))
            return z
        }) {
            for i in 0..<count { #expect(abs(result[i] - (0.5 * (x[i] + y[i]) + 2 * y[i])) < 1e-5) }
        }
    }
}
