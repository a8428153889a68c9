import Foundation

/// Files and streams that a command writes for its user.
enum Output {
    /// Writes a file, whole or not at all; `-` is standard output.
    static func write(_ data: Data, to file: String) throws {
        if file == "-" {
            FileHandle.standardOutput.write(data)
            return
        }
        do {
            try data.write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw EnvironmentError("cannot write \(file): \((error as NSError).localizedDescription)")
        }
    }

    static func complain(_ text: String) {
        FileHandle.standardError.write(Data("fettle: \(text)\n".utf8))
    }
}
