import Repair
import Testing

@Suite("Edits that may well be no fix")
struct DoubtTests {
    private static let base = """
        def put(self, key, value):
            if key in self.items:
                self.items[key] = value
                self.order.remove(key)
                return
            self.items[key] = abs(value)

        """

    @Test(
        "taking statements away or leaving early is in doubt, changing what is computed is not",
        arguments: [
            ("        return\n", "", true), ("        self.order.remove(key)\n", "", true),
            ("    if key in", "    if not key: return\n    if key in", true), ("abs(value)", "value", false),
            ("remove(key)", "append(key)", false), ("        return\n", "        return key\n", false),
            ("key in self.items", "key not in self.items", false),
        ])
    func doubt(old: String, new: String, isDoubtful: Bool) throws {
        let changed = Self.base.replacing(old, with: new)
        try #require(changed != Self.base)
        #expect(
            Doubt.isDoubtful(base: ["a.py": Array(Self.base.utf8)], changed: ["a.py": Array(changed.utf8)])
                == isDoubtful)
    }
}
