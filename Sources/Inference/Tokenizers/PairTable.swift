/// The merges of a byte-pair vocabulary: two symbols to the rank of their merge.
struct PairTable: Sendable {
    /// Left in the upper half, right in the lower; `.max` is an empty slot, which no pair of non-negative symbols equals.
    private var keys: [UInt64]
    private var ranks: [Int32]
    private let seed = UInt64.random(in: .min ... .max) | 1

    init(expecting count: Int) {
        var slots = 16
        while slots < count * 2 + 1 { slots *= 2 }
        keys = Array(repeating: .max, count: slots)
        ranks = Array(repeating: 0, count: slots)
    }

    func rank(_ left: Int32, _ right: Int32) -> Int32? {
        let key = Self.key(left, right)
        var slot = slot(of: key)
        while keys[slot] != key {
            if keys[slot] == .max { return nil }
            slot = (slot + 1) & (keys.count - 1)
        }
        return ranks[slot]
    }

    /// Keeps the first rank of a pair that is there twice. At most as many pairs as were expected.
    mutating func insert(_ left: Int32, _ right: Int32, rank: Int32) {
        let key = Self.key(left, right)
        var slot = slot(of: key)
        while keys[slot] != .max {
            if keys[slot] == key { return }
            slot = (slot + 1) & (keys.count - 1)
        }
        keys[slot] = key
        ranks[slot] = rank
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    private func slot(of key: UInt64) -> Int {
        let product = (key ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return Int(truncatingIfNeeded: product.high ^ product.low) & (keys.count - 1)
    }
}
