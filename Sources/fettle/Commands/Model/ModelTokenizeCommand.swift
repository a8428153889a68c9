import ArgumentParser
import Foundation
import Inference

/// `fettle model tokenize`: text from standard input as the model's tokens, or tokens as text.
struct ModelTokenizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize", abstract: "Turn text from standard input into a model's tokens, or back.",
        discussion: "A file that holds a vocabulary and no weights is enough.")

    @Argument(help: ArgumentHelp("The model file.", valueName: "file"))
    var model: String

    @Flag(help: "Print the ids alone, as one JSON array.")
    var ids = false

    @Flag(help: "Begin and end the text with BOS and EOS where the model wants them.")
    var addSpecial = false

    @Flag(help: "Read the names of special tokens in the text as those tokens.")
    var parseSpecial = false

    @Flag(help: "Read ids from standard input, with commas or spaces between, and print their text.")
    var decode = false

    @Flag(help: "One JSON object.")
    var json = false

    func validate() throws {
        if decode, ids || addSpecial || parseSpecial {
            throw ValidationError("--decode goes with --json only")
        }
    }

    func run() async throws {
        try await withPlainErrors {
            let tokenizer = try Tokenizer(GGUFFile(path: model).metadata)
            let input = FileHandle.standardInput.readDataToEndOfFile()
            if decode { return try show(textOf: Self.tokens(in: input), tokenizer) }
            let tokens = tokenizer.encode(input, addSpecial: addSpecial, parseSpecial: parseSpecial)
            if ids {
                print("[\(tokens.map(String.init).joined(separator: ","))]")
            } else {
                let pieces = tokens.map { TokenPiece($0, tokenizer) }
                if json { return try JSONOutput.line(Tokens(count: tokens.count, tokens: pieces)) }
                for piece in pieces { print("\(piece.id)\t\(piece.piece.debugDescription)") }
            }
        }
    }

    private func show(textOf tokens: [Token], _ tokenizer: Tokenizer) throws {
        if json { return try JSONOutput.line(["text": tokenizer.decode(tokens)]) }
        FileHandle.standardOutput.write(Data(tokens.flatMap { tokenizer.bytes(of: $0) }))
    }

    /// A JSON array, or numbers with anything like commas and spaces between.
    private static func tokens(in input: Data) throws -> [Token] {
        try String(decoding: input, as: UTF8.self).split { $0.isWhitespace || "[],".contains($0) }.map { word in
            guard let token = Token(word) else { throw EnvironmentError("\(word.debugDescription) is no token id") }
            return token
        }
    }

    private struct Tokens: Encodable {
        let count: Int
        let tokens: [TokenPiece]
    }
}

/// A token for people: its text, or its name where it stands for none or for part of a character.
private struct TokenPiece: Encodable {
    let id: Token
    let piece: String

    init(_ token: Token, _ tokenizer: Tokenizer) {
        id = token
        let bytes = tokenizer.bytes(of: token)
        piece =
            bytes.isEmpty
            ? tokenizer.name(of: token) ?? "" : String(validating: bytes, as: UTF8.self) ?? Self.hex(bytes)
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { "<0x\($0 < 16 ? "0" : "")\(String($0, radix: 16, uppercase: true))>" }.joined()
    }
}
