import Foundation
import Testing

@testable import Inference

@Suite("Stop texts")
struct StopMatcherTests {
    @Test(
        "what is emitted ends before the first stop text, however the text is cut",
        arguments: ["ab</s>cd", "a\n\nb", "aaab", "no stop", "<</s>", "é</s>"], 1...4)
    func anyCut(_ text: String, _ size: Int) {
        let stops = ["</s>", "\n\n", "aab"]
        var matcher = StopMatcher(stops)
        var emitted = ""
        var stop: String?
        let characters = Array(text)
        for start in stride(from: 0, to: characters.count, by: size) where stop == nil {
            let (piece, found) = matcher.append(String(characters[start..<min(start + size, characters.count)]))
            emitted += piece
            stop = found
        }
        if stop == nil { emitted += matcher.finish() }
        let first = stops.compactMap { text.range(of: $0) }.min { $0.lowerBound < $1.lowerBound }
        #expect(emitted == first.map { String(text[..<$0.lowerBound]) } ?? text)
        #expect((stop == nil) == (first == nil))
    }

    @Test("only what may begin a stop text is held back")
    func holding() {
        var matcher = StopMatcher(["</s>"])
        #expect(matcher.append("ab</").text == "ab")
        #expect(matcher.append("x").text == "</x")
    }
}

@Suite("Prompt lookup")
struct PromptLookupTests {
    @Test("drafts what followed the same words")
    func copies() {
        let lookup = PromptLookup(prompt: [1, 2, 3, 4, 5, 6, 7, 2, 3, 4])
        #expect(lookup.draft(limit: 3) == [5, 6, 7])
        #expect(lookup.draft(limit: 2) == [5, 6])
        #expect(lookup.draft(limit: 0) == [])
    }

    @Test("prefers the longest match, and of equal ones the latest")
    func preference() {
        #expect(PromptLookup(prompt: [9, 1, 2, 3, 50, 1, 2, 3, 60, 8, 1, 2, 3]).draft(limit: 1) == [60])
        #expect(PromptLookup(prompt: [9, 1, 2, 3, 50, 8, 2, 3, 60, 9, 1, 2, 3]).draft(limit: 1) == [50])
    }

    @Test("drafts nothing where nothing repeats")
    func nothing() {
        #expect(PromptLookup(prompt: [1, 2, 3, 4]).draft(limit: 4) == [])
        #expect(PromptLookup(prompt: [1]).draft(limit: 4) == [])
    }
}
