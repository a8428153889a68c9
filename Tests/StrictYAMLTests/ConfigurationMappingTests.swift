import StrictYAML
import Testing

@Suite("Strict YAML")
struct ConfigurationMappingTests {
    @Test("every kind of value is read")
    func values() throws {
        let document = try ConfigurationMapping(
            parsing: """
                test: make test
                jobs: 2
                keep: true
                wall: 90s
                memory: 512M
                paths: [a, b]
                one: single
                environment: {A: x, B: "2"}
                """, file: "x.yml")
        #expect(try document.string("test") == "make test")
        #expect(try document.int("jobs") == 2)
        #expect(try document.bool("keep") == true)
        #expect(try document.duration("wall") == .seconds(90))
        #expect(try document.bytes("memory") == 512 << 20)
        #expect(try document.strings("paths") == ["a", "b"])
        #expect(try document.strings("one") == ["single"])
        #expect(try document.mapping("environment")?.allStrings() == ["A": "x", "B": "2"])
        #expect(try document.string("absent") == nil)
        try document.finish()
    }

    @Test(
        "a mistake is one line with file and line",
        arguments: [
            ("test: a\nbogus: b\n", "x.yml:2: unknown key `bogus`; known here: test, wall"),
            ("wall: soon\n", "x.yml:1: `wall`: expected a duration such as 30s, 2m or 1h"),
            ("- a\n- b\n", "x.yml:1: expected keys and values, like `test: make test`"),
        ])
    func mistakes(text: String, message: String) {
        #expect {
            let document = try ConfigurationMapping(parsing: text, file: "x.yml")
            _ = try document.string("test")
            _ = try document.duration("wall")
            try document.finish()
        } throws: { "\($0)" == message }
    }

    @Test("broken YAML names the line", arguments: ["a: [1, 2\nb: 3\n", "\tx: 1", "a: b: c"])
    func broken(text: String) {
        #expect {
            _ = try ConfigurationMapping(parsing: text, file: "x.yml")
        } throws: { "\($0)".hasPrefix("x.yml:") && !"\($0)".contains("\n") }
    }

    @Test("an empty document is an empty mapping")
    func empty() throws {
        let document = try ConfigurationMapping(parsing: "# nothing\n", file: "x.yml")
        #expect(try document.string("test") == nil)
        try document.finish()
    }

    @Test("units", arguments: [("64K", 65536), ("7", 7), ("2G", 2 << 30)])
    func sizes(text: String, bytes: Int) {
        #expect(Int(configurationBytes: text) == bytes)
    }

    @Test("nonsense is no unit", arguments: ["", "K", "-1K", "9999999999999G", "1.5M", "x"])
    func noSizes(text: String) {
        #expect(Int(configurationBytes: text) == nil)
    }
}
