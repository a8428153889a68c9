/// Sets of stacks of grammar places, each kept once.
///
/// A set is written as what can be on top, and for each top the set of what can be below: many stacks share their
/// tails, and an ambiguous grammar's exponentially many stacks take little room. (A graph-structured stack, as in
/// Tomita, 1985, made canonical, so that equal sets have equal numbers.)
struct StackSets {
    struct Frame: Hashable {
        /// A place in the grammar's symbols.
        var symbol: Int32
        /// The set of stacks below it.
        var below: Int32
    }

    struct Content: Hashable {
        /// Whether the empty stack is in the set.
        var hasEmpty: Bool
        /// In rising order of the symbols, each at most once.
        var frames: [Frame]
    }

    /// The set of the empty stack only.
    static let empty: Int32 = 0

    private(set) var contents = [Content(hasEmpty: true, frames: [])]
    private var index = [Content(hasEmpty: true, frames: []): Self.empty]
    private var unions: [UInt64: Int32] = [:]

    /// Deeper than this, a union keeps the first set's stacks only; a text nested so deeply has one reading in practice.
    private static let deepestUnion = 2_000

    var count: Int { contents.count + unions.count }

    mutating func set(_ content: Content) -> Int32 {
        if let known = index[content] { return known }
        let number = Int32(contents.count)
        contents.append(content)
        index[content] = number
        return number
    }

    /// The stacks of `below`, each with `symbol` on top.
    mutating func push(_ symbol: Int32, on below: Int32) -> Int32 {
        set(Content(hasEmpty: false, frames: [Frame(symbol: symbol, below: below)]))
    }

    mutating func union(_ first: Int32, _ second: Int32, depth: Int = 0) -> Int32 {
        if first == second || depth > Self.deepestUnion { return first }
        let key = UInt64(UInt32(bitPattern: min(first, second))) << 32 | UInt64(UInt32(bitPattern: max(first, second)))
        if let known = unions[key] { return known }
        let (one, other) = (contents[Int(first)], contents[Int(second)])
        var merged = Content(hasEmpty: one.hasEmpty || other.hasEmpty, frames: [])
        var (left, right) = (one.frames[...], other.frames[...])
        while let low = left.first, let high = right.first {
            if low.symbol == high.symbol {
                merged.frames.append(
                    Frame(symbol: low.symbol, below: union(low.below, high.below, depth: depth + 1)))
                left.removeFirst()
                right.removeFirst()
            } else if low.symbol < high.symbol {
                merged.frames.append(left.removeFirst())
            } else {
                merged.frames.append(right.removeFirst())
            }
        }
        merged.frames += left
        merged.frames += right
        let result = set(merged)
        unions[key] = result
        return result
    }

    /// Copies one set of another collection, with all that it is made of; returns its number here.
    mutating func adopt(_ number: Int32, from other: StackSets) -> Int32 {
        // A set is always younger than those it is made of.
        var isNeeded = [Bool](repeating: false, count: Int(number) + 1)
        isNeeded[Int(number)] = true
        for candidate in isNeeded.indices.reversed() where isNeeded[candidate] {
            for frame in other.contents[candidate].frames { isNeeded[Int(frame.below)] = true }
        }
        var numbers: [Int32: Int32] = [:]
        for candidate in isNeeded.indices where isNeeded[candidate] {
            var content = other.contents[candidate]
            for index in content.frames.indices {
                content.frames[index].below = numbers[content.frames[index].below] ?? Self.empty
            }
            numbers[Int32(candidate)] = set(content)
        }
        return numbers[number] ?? Self.empty
    }
}
