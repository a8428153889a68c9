extension LexicalRules {
    /// C23 and C++20 together: the union of both languages' words.
    static let c = LexicalRules(
        keywords: """
            alignas alignof asm break case catch class const constexpr const_cast continue co_await co_return co_yield
            decltype default delete do dynamic_cast else enum explicit export extern final for friend goto if inline
            mutable namespace new noexcept operator override private protected public register reinterpret_cast
            requires restrict return sizeof static static_assert static_cast struct switch template thread_local throw
            try typedef typeid typename typeof union using virtual volatile while _Alignas _Alignof _Atomic _Generic
            _Noreturn _Static_assert _Thread_local
            """,
        valueKeywords: "true false nullptr this NULL",
        typeKeywords: """
            auto bool char char8_t char16_t char32_t double float int long short signed size_t ssize_t ptrdiff_t
            unsigned void wchar_t _Bool _Complex int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t
            intptr_t uintptr_t FILE
            """,
        operators: """
            + - * / % << >> & | ^ ~ < <= > >= == != = += -= *= /= %= <<= >>= &= |= ^= && || ! ++ -- -> ->* .* :: <=> ...
            ##
            """,
        strings: [
            StringRule(prefixes: ["", "l", "u", "u8"], quote: "\""),
            StringRule(prefixes: ["", "l", "u", "u8"], quote: "'"),
        ],
        hasDirectives: true, hasLineContinuations: true)
}
