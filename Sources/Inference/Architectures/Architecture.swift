/// A family of models: what its files call themselves, and how it differs from the plain Llama.
///
/// A new family is one file like its neighbours and one line in ``all``.
package struct Architecture: Sendable {
    /// The value of `general.architecture`, which is also the prefix of the family's keys.
    package let name: String
    /// Changes the description of a plain Llama, read from the keys that all families share, into this family's.
    let describe: @Sendable (inout Hyperparameters, HyperparameterReader) throws(InferenceError) -> Void

    /// Every family that can be run.
    package static let all: [Architecture] = [llama, qwen2, qwen3, qwen3MoE, llama4, starCoder2, granite]

    package static func named(_ name: String) throws(InferenceError) -> Architecture {
        guard let architecture = all.first(where: { $0.name == name }) else {
            let known = all.map(\.name).joined(separator: ", ")
            throw InferenceError(
                .unsupportedArchitecture,
                "the model's architecture is '\(name)', which is not known here; known are \(known)")
        }
        return architecture
    }
}
