import Editing

extension BugPair {
    static let others: [BugPair] = [
        BugPair(
            .javaScript,
            """
            function last(items) {
            ▶    return items[items.length];
            }
            """, "    return items[items.length - 1];"),
        BugPair(
            .javaScript,
            """
            function isEmpty(value) {
            ▶    return value == null && value.length === 0;
            }
            """, "    return value == null || value.length === 0;"),
        BugPair(
            .javaScript,
            """
            const queue = [];
            function take() {
            ▶    return queue.pop();
            }
            """, "    return queue.shift();"),
        BugPair(
            .javaScript,
            """
            async function load(url) {
            ▶    const response = fetch(url);
                return response.json();
            }
            """, "    const response = await fetch(url);"),
        BugPair(
            .java,
            """
            class Range {
                private final int low, high;
                boolean contains(int value) {
            ▶        return value >= low && value < low;
                }
            }
            """, "        return value >= low && value < high;"),
        BugPair(
            .java,
            """
            class Text {
                static int count(String text, char wanted) {
                    int count = 0;
            ▶        for (int i = 1; i < text.length(); i++) {
                        if (text.charAt(i) == wanted) count++;
                    }
                    return count;
                }
            }
            """, "        for (int i = 0; i < text.length(); i++) {"),
        BugPair(
            .java,
            """
            class Names {
                int length(String name) {
            ▶        return name.length();
                }
            }
            """, "        if (name == null) return 0;", "        return name.length();"),
        BugPair(
            .rust,
            """
            fn factorial(n: u64) -> u64 {
            ▶    (1..n).product()
            }
            """, "    (1..=n).product()"),
        BugPair(
            .rust,
            """
            fn largest(values: &[i32]) -> Option<i32> {
            ▶    values.iter().copied().min()
            }
            """, "    values.iter().copied().max()"),
        BugPair(
            .rust,
            """
            fn total(values: &[i32]) -> i32 {
            ▶    let sum = 0;
                for v in values { sum += v; }
                sum
            }
            """, "    let mut sum = 0;"),
        BugPair(
            .go,
            """
            func Contains(items []string, wanted string) bool {
            	for _, item := range items {
            ▶		if item != wanted {
            			return true
            		}
            	}
            	return false
            }
            """, "\t\tif item == wanted {"),
        BugPair(
            .go,
            """
            func Max(values []int) int {
            	best := values[0]
            	for _, value := range values {
            		if value > best {
            ▶			best = best
            		}
            	}
            	return best
            }
            """, "\t\t\tbest = value"),
        BugPair(
            .go,
            """
            func Prefix(text string, n int) string {
            ▶	return text[n:]
            }
            """, "\treturn text[:n]"),
    ]
}
