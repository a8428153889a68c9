import Glibc

/// Finds a byte string's number: open addressing over packed strings. Of equal strings the last one added is found.
struct PieceTable: Sendable {
    private(set) var strings = PackedStrings()
    /// Upper half: of the hash; lower half: the string's number plus one; 0 is an empty slot.
    private var slots: [UInt64]
    private var used = 0
    private(set) var longest = 0
    private var hasDuplicates = false
    /// Differs in every process, so that no file can be made whose strings all meet in one slot.
    private let seed = UInt64.random(in: .min ... .max)

    init(expecting count: Int) {
        slots = Array(repeating: 0, count: Self.slotCount(for: count))
    }

    var count: Int { strings.count }

    /// Adds a string under the next number.
    mutating func append(_ string: some Sequence<UInt8>) {
        strings.append(string)
        insert(strings.count - 1)
    }

    /// Adds a string that can be read by its number but never found.
    mutating func appendHidden(_ string: some Sequence<UInt8>) {
        strings.append(string)
    }

    /// The number of `string`, which is added if it is new; `hint` is the number that it probably has.
    mutating func number(of string: [UInt8], hint: Int32 = -1) -> Int32 {
        let found = string.withUnsafeBufferPointer { find($0, hint: hint) }
        if let found { return found }
        append(string)
        return Int32(truncatingIfNeeded: strings.count - 1)
    }

    private func find(_ string: UnsafeBufferPointer<UInt8>, hint: Int32) -> Int32? {
        // Of equal strings only the last may be found, which the table knows: a hint helps where strings differ.
        if !hasDuplicates, hint >= 0, hint < strings.count,
            strings.bytes.withUnsafeBufferPointer({ isEqual(string, Int(hint), $0) })
        {
            return hint
        }
        return find(string)
    }

    func find(_ string: UnsafeBufferPointer<UInt8>) -> Int32? {
        guard string.count <= longest else { return nil }
        let hash = Self.hash(string, seed)
        return slots.withUnsafeBufferPointer { slots in
            strings.bytes.withUnsafeBufferPointer { bytes in
                let mask = slots.count - 1
                var slot = Int(truncatingIfNeeded: hash) & mask
                while slots[slot] != 0 {
                    let number = Self.number(slots[slot])
                    if slots[slot] >> 32 == hash >> 32, isEqual(string, number, bytes) {
                        return Int32(truncatingIfNeeded: number)
                    }
                    slot = (slot + 1) & mask
                }
                return nil
            }
        }
    }

    private mutating func insert(_ number: Int) {
        if used * 2 >= slots.count { grow() }
        let range = strings.range(number)
        longest = max(longest, range.count)
        let seed = seed
        let slot = strings.bytes.withUnsafeBufferPointer { bytes in
            let string = UnsafeBufferPointer(rebasing: bytes[range])
            let hash = Self.hash(string, seed)
            let mask = slots.count - 1
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0, slots[slot] >> 32 != hash >> 32 || !isEqual(string, Self.number(slots[slot]), bytes)
            {
                slot = (slot + 1) & mask
            }
            return (index: slot, hash: hash)
        }
        if slots[slot.index] == 0 { used += 1 } else { hasDuplicates = true }
        slots[slot.index] = slot.hash & 0xFFFF_FFFF_0000_0000 | UInt64(number + 1)
    }

    private mutating func grow() {
        let numbers = slots.filter { $0 != 0 }.map(Self.number)
        slots = Array(repeating: 0, count: slots.count * 2)
        used = 0
        for number in numbers { insert(number) }
    }

    private static func slotCount(for count: Int) -> Int {
        var slots = 16
        while slots < count * 2 + 1 { slots *= 2 }
        return slots
    }

    private static func number(_ slot: UInt64) -> Int {
        Int(slot & 0xFFFF_FFFF) - 1
    }

    private func isEqual(_ string: UnsafeBufferPointer<UInt8>, _ number: Int, _ bytes: UnsafeBufferPointer<UInt8>)
        -> Bool
    {
        let range = strings.range(number)
        guard range.count == string.count, let left = string.baseAddress, let right = bytes.baseAddress else {
            return range.count == string.count
        }
        return memcmp(left, right + range.lowerBound, range.count) == 0
    }

    /// Multiply and fold, eight bytes at a time; the seed makes it unpredictable.
    private static func hash(_ string: UnsafeBufferPointer<UInt8>, _ seed: UInt64) -> UInt64 {
        var hash = seed ^ UInt64(truncatingIfNeeded: string.count)
        var index = 0
        let raw = UnsafeRawBufferPointer(string)
        while index + 8 <= raw.count {
            hash = fold(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self), 0x9E37_79B9_7F4A_7C15 ^ seed)
            index += 8
        }
        var rest: UInt64 = 0
        while index < raw.count {
            rest = rest << 8 | UInt64(raw[index])
            index += 1
        }
        return fold(hash ^ rest, 0xD6E8_FEB8_6659_FD93)
    }

    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right | 1)
        return product.high ^ product.low
    }
}
