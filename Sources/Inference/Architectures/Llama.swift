extension Architecture {
    /// Llama 1, 2 and 3, and what has its form: CodeLlama, DeepSeek-Coder 1, Mistral, Codestral, Mixtral.
    ///
    /// Llama 3.1's frequency divisors come as a tensor, `rope_freqs.weight`; Mixtral's experts by `expert_count`.
    static let llama = Architecture(name: "llama") { _, _ throws(InferenceError) in }
}
