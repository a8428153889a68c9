import Editing

extension BugPair {
    static let swift: [BugPair] = [
        BugPair(
            .swift,
            """
            func sum(upTo n: Int) -> Int {
                var total = 0
            ▶    for i in 0..<n {
                    total += i
                }
                return total
            }
            """, "    for i in 0...n {"),
        BugPair(
            .swift,
            """
            func average(_ values: [Double]) -> Double {
            ▶    return values.reduce(0, +) / Double(values.count)
            }
            """, "    if values.isEmpty { return 0 }", "    return values.reduce(0, +) / Double(values.count)"),
        BugPair(
            .swift,
            """
            struct Stack {
                private var items: [Int] = []
                mutating func pop() -> Int? {
            ▶        return items.removeFirst()
                }
            }
            """, "        return items.removeLast()"),
        BugPair(
            .swift,
            """
            func largest(_ values: [Int]) -> Int {
                var best = values[0]
                for value in values {
            ▶        if value < best { best = value }
                }
                return best
            }
            """, "        if value > best { best = value }"),
        BugPair(
            .swift,
            """
            func clamp(_ value: Int, low: Int, high: Int) -> Int {
            ▶    return max(low, max(value, high))
            }
            """, "    return max(low, min(value, high))"),
        BugPair(
            .swift,
            """
            func find(_ target: Int, in values: [Int]) -> Int? {
                var low = 0
            ▶    var high = values.count
                while low <= high {
                    let middle = (low + high) / 2
                    if values[middle] == target { return middle }
                    if values[middle] < target { low = middle + 1 } else { high = middle - 1 }
                }
                return nil
            }
            """, "    var high = values.count - 1"),
        BugPair(
            .swift,
            """
            func count(_ text: String) -> [Character: Int] {
            ▶    let counts: [Character: Int] = [:]
                for character in text { counts[character, default: 0] += 1 }
                return counts
            }
            """, "    var counts: [Character: Int] = [:]"),
        BugPair(
            .swift,
            """
            func isPrime(_ n: Int) -> Bool {
                var divisor = 2
            ▶    while divisor * divisor < n {
                    if n % divisor == 0 { return false }
                    divisor += 1
                }
                return true
            }
            """, "    while divisor * divisor <= n {"),
        BugPair(
            .swift,
            """
            func title(_ user: User) -> String {
            ▶    guard !user.name.isEmpty || user.isActive else { return "" }
                return user.name
            }
            """, "    guard !user.name.isEmpty && user.isActive else { return \"\" }"),
        BugPair(
            .swift,
            """
            func evens(_ numbers: [Int]) -> [Int] {
            ▶    numbers.filter { $0 % 2 == 1 }
            }
            """, "    numbers.filter { $0 % 2 == 0 }"),
        BugPair(
            .swift,
            """
            func hasAll(_ names: [String], in known: Set<String>) -> Bool {
            ▶    return names.contains { known.contains($0) }
            }
            """, "    return names.allSatisfy { known.contains($0) }"),
        BugPair(
            .swift,
            """
            final class Cache {
                var hits = 0
                var misses = 0
                func look(_ key: String) -> Bool {
                    let found = table[key] != nil
                    if found {
            ▶            misses += 1
                    }
                    return found
                }
            }
            """, "            hits += 1"),
        BugPair(
            .swift,
            """
            func overlap(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
            ▶    return a.lowerBound < b.upperBound && b.lowerBound < b.upperBound
            }
            """, "    return a.lowerBound < b.upperBound && b.lowerBound < a.upperBound"),
        BugPair(
            .swift,
            """
            func power(_ base: Int, _ exponent: Int) -> Int {
                var result = 1
                for _ in 0..<exponent {
            ▶        result = base
                }
                return result
            }
            """, "        result *= base"),
    ]
}
