/// Counter-based random numbers: the n-th depends on nothing but the seed, the sample's index and n.
///
/// So a text does not change with what else is in the batch. SplitMix64 (Steele, Lea and Flood, 2014) is itself a hash
/// of a counter; the key sets each sample's counter off at a hashed place, so that sample 1 of seed 7 has nothing to do
/// with sample 0 of seed 8.
struct SampleNoise: Sendable {
    private let key: UInt64

    init(seed: UInt64, sample: Int) {
        key = Self.mixed(Self.mixed(seed) &+ Self.mixed(~UInt64(bitPattern: Int64(sample))))
    }

    /// Uniform in 0 ..< 1, with 53 random bits.
    func uniform(at step: UInt64) -> Double {
        Double(Self.mixed(key &+ (step &+ 1) &* 0x9E37_79B9_7F4A_7C15) >> 11) * 0x1p-53
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
