/// A vocabulary's logits in place, with the few passes over all of them that sampling needs, eight at a time.
struct LogitVector {
    let buffer: UnsafeMutableBufferPointer<Float>

    private typealias Lanes = SIMD8<Float>

    private var lanes: Int { buffer.count / Lanes.scalarCount }

    private func load(_ lane: Int) -> Lanes {
        UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped).loadUnaligned(
            fromByteOffset: lane * MemoryLayout<Lanes>.size, as: Lanes.self)
    }

    private func store(_ values: Lanes, _ lane: Int) {
        UnsafeMutableRawPointer(buffer.baseAddress.unsafelyUnwrapped).storeBytes(
            of: values, toByteOffset: lane * MemoryLayout<Lanes>.size, as: Lanes.self)
    }

    /// Makes every logit finite or −∞ (NaN counts as −∞, +∞ as the greatest number); returns the highest.
    func sanitise() -> Float {
        var highest = Lanes(repeating: -.infinity)
        let ceiling = Lanes(repeating: .greatestFiniteMagnitude)
        for lane in 0..<lanes {
            var values = load(lane)
            let isNumber = values .== values
            let isTooHigh = values .> ceiling
            values = Lanes(repeating: -.infinity).replacing(with: values, where: isNumber)
            values.replace(with: ceiling, where: isTooHigh)
            store(values, lane)
            highest.replace(with: values, where: values .> highest)
        }
        var result = highest.max()
        for index in lanes * Lanes.scalarCount..<buffer.count {
            if buffer[index].isNaN { buffer[index] = -.infinity }
            buffer[index] = Swift.min(buffer[index], .greatestFiniteMagnitude)
            result = Swift.max(result, buffer[index])
        }
        return result
    }

    /// The first index of the highest logit; nil if every logit is −∞. Logits are sanitised.
    func argmax() -> Int? {
        var highest = Lanes(repeating: -.infinity)
        for lane in 0..<lanes {
            let values = load(lane)
            highest.replace(with: values, where: values .> highest)
        }
        var best = highest.max()
        for index in lanes * Lanes.scalarCount..<buffer.count { best = Swift.max(best, buffer[index]) }
        guard best > -.infinity else { return nil }
        for lane in 0..<lanes where any(load(lane) .== best) {
            return (lane * Lanes.scalarCount..<(lane + 1) * Lanes.scalarCount).first { buffer[$0] == best }
        }
        return (lanes * Lanes.scalarCount..<buffer.count).first { buffer[$0] == best }
    }

    /// How many logits ``sumOfExponentials(in:offset:scale:)`` is meant for at a time: few enough for single precision.
    static let blockSize = 4096

    var blocks: Int { (buffer.count + Self.blockSize - 1) / Self.blockSize }

    func block(_ index: Int) -> Range<Int> {
        index * Self.blockSize..<min((index + 1) * Self.blockSize, buffer.count)
    }

    /// Σ exp((logit − offset) · scale), where no logit is above `offset`.
    func sumOfExponentials(offset: Float, scale: Float = 1) -> Double {
        (0..<blocks).reduce(0) { $0 + sumOfExponentials(in: block($1), offset: offset, scale: scale) }
    }

    func sumOfExponentials(in range: Range<Int>, offset: Float, scale: Float) -> Double {
        var sum = Lanes.zero
        let first = range.lowerBound / Lanes.scalarCount
        let last = range.upperBound / Lanes.scalarCount
        for lane in first..<last { sum += Self.exponential((load(lane) - offset) * scale) }
        var total = sum.sum()
        for index in last * Lanes.scalarCount..<range.upperBound {
            total += Self.exponential((buffer[index] - offset) * scale)
        }
        return Double(total)
    }

    /// Calls `body` with each logit and exp(logit − offset).
    @inline(__always)
    func forEachWeight(offset: Float, _ body: (_ logit: Float, _ weight: Float) -> Void) {
        for lane in 0..<lanes {
            let values = load(lane)
            let weights = Self.exponential(values - offset)
            for element in 0..<Lanes.scalarCount { body(values[element], weights[element]) }
        }
        for index in lanes * Lanes.scalarCount..<buffer.count {
            body(buffer[index], Self.exponential(buffer[index] - offset))
        }
    }

    /// The lowest logit that is not −∞; +∞ if there is none.
    func lowest() -> Float {
        var lowest = Lanes(repeating: .infinity)
        for lane in 0..<lanes {
            let values = load(lane)
            lowest.replace(with: values, where: (values .< lowest) .& (values .> -.infinity))
        }
        var result = lowest.min()
        for index in lanes * Lanes.scalarCount..<buffer.count where buffer[index] > -.infinity {
            result = Swift.min(result, buffer[index])
        }
        return result
    }

    /// Forbids every logit below `floor`.
    func forbid(below floor: Float) {
        for lane in 0..<lanes {
            let values = load(lane)
            store(Lanes(repeating: -.infinity).replacing(with: values, where: values .>= floor), lane)
        }
        for index in lanes * Lanes.scalarCount..<buffer.count where buffer[index] < floor { buffer[index] = -.infinity }
    }

    /// Whether any logit of the eight from `index` is at or above `floor`; a quick way past the many that are not.
    func anyOfEight(from index: Int, atLeast floor: Float) -> Bool {
        let values = UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped).loadUnaligned(
            fromByteOffset: index * MemoryLayout<Float>.size, as: Lanes.self)
        return any(values .>= floor)
    }

    /// eˣ for x ≤ 0, to about 2 units in the last place: 2ⁿ · 2ᶠ with ∣f∣ ≤ ½ and a polynomial for 2ᶠ.
    ///
    /// Adding 1.5 · 2²³ rounds to an integer and leaves it in the low bits, which are then shifted into the exponent.
    private static func exponential(_ x: Lanes) -> Lanes {
        let magic: Float = 12_582_912
        let powers = x * 1.442_695_04
        let shifted = powers + magic
        let fraction = powers - (shifted - magic)
        var value = fraction * 1.540_353_04e-4 + 1.333_355_81e-3
        value = value * fraction + 9.618_129_11e-3
        value = value * fraction + 5.550_410_87e-2
        value = value * fraction + 2.402_265_07e-1
        value = value * fraction + 6.931_471_81e-1
        value = value * fraction + 1
        let exponent = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23
        let scaled = unsafeBitCast(unsafeBitCast(value, to: SIMD8<UInt32>.self) &+ exponent, to: Lanes.self)
        return Lanes.zero.replacing(with: scaled, where: x .> -87)
    }

    static func exponential(_ x: Float) -> Float {
        exponential(Lanes(repeating: x))[0]
    }
}
