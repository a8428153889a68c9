import Editing
import Repair
import Testing

@Suite("Template operators")
struct TemplateOperatorTests {
    /// A file's tokens and, in Python, its indentation: what two texts share that mean the same to an operator.
    static func normalised(_ text: String, _ language: SourceLanguage) -> [String] {
        let file = SourceFile(path: "x", bytes: Array(text.utf8), language: language)
        return file.code.indices.flatMap { token -> [String] in
            let statement = file.statement(ofToken: token)
            let begins = statement.map {
                file.statements[$0].head.lowerBound == token && !file.statements[$0].isBareBody
            }
            let indentation =
                language == .python && begins == true ? [file.indentation(ofLine: file.code[token].line)] : []
            return indentation + [file.text[token]]
        }
    }

    @Test("an operator finds the fix of each of its examples", arguments: TemplateOperator.all.map(\.name))
    func examples(name: String) throws {
        let template = try #require(TemplateOperator.all.first { $0.name == name })
        #expect(!template.examples.isEmpty)
        for example in template.examples {
            #expect(template.languages.contains(example.language))
            let file = SourceFile(path: "x", bytes: Array(example.before.utf8), language: example.language)
            let fix = Self.normalised(example.after, example.language)
            var proposed: [String] = []
            for line in 1...file.lineCount {
                for edit in template.propose(at: TemplateSite(file: file, line: line)) {
                    proposed.append(String(decoding: try FileEdit.apply(edit.edits, to: file.bytes), as: UTF8.self))
                }
            }
            let isFound = proposed.contains { Self.normalised($0, example.language) == fix }
            #expect(
                isFound,
                "\(example.before)should become\n\(example.after)but became\n\(proposed.joined(separator: "---\n"))")
        }
    }

    @Test("operators have names of their own and likelihoods above zero")
    func registry() {
        let names = TemplateOperator.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(TemplateOperator.all.allSatisfy { $0.prior > 0 })
        #expect(names.count >= 30)
    }
}
