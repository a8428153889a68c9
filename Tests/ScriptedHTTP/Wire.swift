import Foundation

/// Events as servers write them.
package enum Wire {
    package static func delta(_ text: String, index: Int = 0) -> String {
        #"{"choices":[{"index":\#(index),"delta":{"content":\#(quoted(text))},"finish_reason":null}]}"#
    }

    package static func text(_ text: String, index: Int = 0) -> String {
        #"{"choices":[{"index":\#(index),"text":\#(quoted(text)),"finish_reason":null}]}"#
    }

    package static func end(_ reason: String = "stop", index: Int = 0) -> String {
        #"{"choices":[{"index":\#(index),"delta":{},"finish_reason":"\#(reason)"}]}"#
    }

    package static func usage(_ prompt: Int, _ completion: Int, cached: Int = 0) -> String {
        #"{"choices":[],"usage":{"prompt_tokens":\#(prompt),"completion_tokens":\#(completion),"prompt_tokens_details":{"cached_tokens":\#(cached)}}}"#
    }

    private static func quoted(_ text: String) -> String {
        String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
    }
}
