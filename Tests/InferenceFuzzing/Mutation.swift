/// Damages a file the way that transfers, bugs and malice do.
package enum Mutation {
    /// One change half of the time, up to four.
    package static func mutate(_ bytes: inout [UInt8], seeds: [[UInt8]], _ random: inout FuzzGenerator) {
        for _ in 0...max(0, random.index(below: 8) - 4) { change(&bytes, seeds: seeds, &random) }
    }

    private static func change(_ bytes: inout [UInt8], seeds: [[UInt8]], _ random: inout FuzzGenerator) {
        guard !bytes.isEmpty else { return bytes.append(UInt8(truncatingIfNeeded: random.next())) }
        var position = random.index(below: bytes.count)
        // Most bytes are the upper, empty ones of lengths: damage there is refused at the door and shows little.
        for _ in 0..<3 where bytes[position] == 0 { position = random.index(below: bytes.count) }
        switch random.index(below: 9) {
        case 0: bytes[position] ^= 1 << UInt8(random.index(below: 8))
        case 1: bytes[position] = UInt8(truncatingIfNeeded: random.next())
        case 2: overwrite(&bytes, at: position, with: interesting(bytes.count, &random), width: 4)
        case 3: overwrite(&bytes, at: position, with: interesting(bytes.count, &random), width: 8)
        // A small step at a place where a count or a length may be.
        case 4: bytes[position] = bytes[position] &+ UInt8(random.index(below: 5)) &- 2
        case 5: bytes.removeSubrange(position...)
        case 6: bytes.removeSubrange(position..<min(bytes.count, position + 1 + random.index(below: 16)))
        case 7:
            bytes.insert(
                contentsOf: bytes[position..<min(bytes.count, position + 1 + random.index(below: 64))], at: position)
        default:
            let other = seeds[random.index(below: seeds.count)]
            let start = random.index(below: other.count)
            bytes.replaceSubrange(position..., with: other[start...])
        }
    }

    private static func overwrite(_ bytes: inout [UInt8], at position: Int, with value: UInt64, width: Int) {
        for offset in 0..<width where position + offset < bytes.count {
            bytes[position + offset] = UInt8(truncatingIfNeeded: value >> UInt64(8 * offset))
        }
    }

    /// The values at which arithmetic goes wrong.
    private static func interesting(_ size: Int, _ random: inout FuzzGenerator) -> UInt64 {
        switch random.index(below: 8) {
        case 0: 0
        case 1: UInt64(random.index(below: 40))
        case 2: UInt64(truncatingIfNeeded: size + random.index(below: 5) - 2)
        case 3: .max &- UInt64(random.index(below: 64))
        case 4: 1 << UInt64(random.index(below: 64))
        case 5: (1 << UInt64(random.index(below: 64))) &- 1
        case 6: UInt64(Int64.max) &- UInt64(random.index(below: 64))
        default: random.next()
        }
    }
}
