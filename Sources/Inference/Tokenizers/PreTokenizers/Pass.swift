extension PreTokenizer {
    /// One pattern of a pre-tokenizer, named for what it isolates. The patterns themselves are the models' own.
    enum Pass: Sendable {
        /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
        case gpt2
        /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,digits}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
        case llama3(digits: Int)
        /// Words that begin anew at a capital: `[^\r\n\p{L}\p{N}]?U*L+(contraction)?|[^\r\n\p{L}\p{N}]?U+L*(contraction)?|`
        /// `\p{N}{1,digits}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`, where U is a letter but for a-z, L one but for A-Z.
        case casedWords(digits: Int, contractions: Bool)
        /// `[ASCII punctuation][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
        case deepSeekV3
        /// `[\r\n]`
        case lineBreaks
        /// `\s?\p{L}+`
        case spacedLetters
        /// `\s?\p{P}+`
        case spacedPunctuation
        /// `\s?` and letters that have case, as the tokenizer's own list of them has it
        case spacedCasedLetters
        /// `\s?[!-/:-~！-／：-～‘-‟　-。]+`
        case spacedWideASCII
        /// `\s+$`
        case trailingSpace
        /// `[一-龥ࠀ-一가-퟿]+`: from U+0800 to U+9FA5, and Hangul
        case ideographs
        /// `[一-龥぀-ゟ゠-ヿ]+`
        case ideographsAndKana
        /// `\p{N}`
        case numbers
        /// `\p{N}+`
        case numberRuns
        /// `\p{N}{1,3}`
        case numberTriples
        /// `[0-9][0-9][0-9]`
        case digitTriples
        /// `[\p{P}\$\+<=>\^~\|]+`, in one vocabulary with the backtick
        case punctuationRuns(withBacktick: Bool)
    }
}
