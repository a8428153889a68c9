import Editing

/// A small real-looking bug: a function whose line marked `▶` is at fault, and what should stand in that line's place.
struct BugPair: Sendable, CustomStringConvertible {
    let language: SourceLanguage
    let source: String
    /// The 1-based marked line.
    let line: Int
    /// The whole text after the fix.
    let fixed: String

    init(_ language: SourceLanguage, _ marked: String, _ fix: String...) {
        self.language = language
        let lines = marked.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let index = lines.firstIndex { $0.hasPrefix("▶") } ?? 0
        line = index + 1
        let bare = lines.map { $0.hasPrefix("▶") ? String($0.dropFirst()) : $0 }
        source = bare.joined(separator: "\n") + "\n"
        // A fix of one line stands in the marked line's place; of more, it is the whole text.
        fixed =
            fix.first?.contains("\n") == true
            ? fix[0] + "\n" : (bare[..<index] + fix + bare[(index + 1)...]).joined(separator: "\n") + "\n"
    }

    var description: String {
        "\(language): \(source.split(separator: "\n", omittingEmptySubsequences: false)[line - 1])"
    }
}

extension BugPair {
    static let all = python + swift + c + others

    static let python: [BugPair] = [
        BugPair(
            .python,
            """
            def bucket_sort(values, limit):
                counts = [0] * limit
                for value in values:
                    counts[value] += 1
                result = []
            ▶    for index, count in enumerate(values):
                    result.extend([index] * count)
                return result
            """, "    for index, count in enumerate(counts):"),
        BugPair(
            .python,
            """
            def find(values, target):
                low = 0
                high = len(values) - 1
            ▶    while low < high:
                    middle = (low + high) // 2
                    if values[middle] == target:
                        return middle
                    if values[middle] < target:
                        low = middle + 1
                    else:
                        high = middle - 1
                return -1
            """, "    while low <= high:"),
        BugPair(
            .python,
            """
            def find(values, target, low, high):
                if low == high:
                    return -1
                middle = low + (high - low) // 2
                if target > values[middle]:
            ▶        return find(values, target, middle, high)
                return find(values, target, low, middle)
            """, "        return find(values, target, middle + 1, high)"),
        BugPair(
            .python,
            """
            def bits(n):
                count = 0
                while n:
            ▶        n ^= n - 1
                    count += 1
                return count
            """, "        n &= n - 1"),
        BugPair(
            .python,
            """
            def flatten(items):
                for item in items:
                    if isinstance(item, list):
                        for inner in flatten(item):
                            yield inner
                    else:
            ▶            yield flatten(item)
            """, "            yield item"),
        BugPair(
            .python,
            """
            def gcd(a, b):
                if b == 0:
                    return a
            ▶    return gcd(a % b, b)
            """, "    return gcd(b, a % b)"),
        BugPair(
            .python,
            """
            def prefixes(text):
                result = []
            ▶    for end in range(len(text)):
                    result.append(text[:end])
                return result
            """, "    for end in range(len(text) + 1):"),
        BugPair(
            .python,
            """
            def merge(left, right):
                result = []
                i = j = 0
                while i < len(left) and j < len(right):
                    if left[i] <= right[j]:
                        result.append(left[i])
                        i += 1
                    else:
                        result.append(right[j])
                        j += 1
            ▶    result.extend(left[i:] or right)
                return result
            """, "    result.extend(left[i:] or right[j:])"),
        BugPair(
            .python,
            """
            def mean(values):
                total = sum(values)
            ▶    return total / len(values)
            """, "    if not values:", "        return 0", "    return total / len(values)"),
        BugPair(
            .python,
            """
            def mean(values):
                total = 0
                for value in values:
                    total += value
            ▶    return total // len(values)
            """, "    return total / len(values)"),
        BugPair(
            .python,
            """
            def remove_negative(numbers):
            ▶    for number in numbers:
                    if number < 0:
                        numbers.remove(number)
                return numbers
            """, "    for number in list(numbers):"),
        BugPair(
            .python,
            """
            ▶def add_item(item, basket=[]):
                basket.append(item)
                return basket
            """,
            """
            def add_item(item, basket=None):
                if basket is None:
                    basket = []
                basket.append(item)
                return basket
            """),
        BugPair(
            .python,
            """
            def largest(values):
            ▶    best = 0
                for value in values:
                    if value > best:
                        best = value
                return best
            """, "    best = float(\"-inf\")"),
        BugPair(
            .python,
            """
            class Box:
                def __init__(self, width, height):
                    self.width = width
                    self.height = height

                def area(self):
            ▶        return self.width * self.width
            """, "        return self.width * self.height"),
        BugPair(
            .python,
            """
            class Account:
                def __init__(self, balance):
                    self.balance = balance

                def withdraw(self, amount):
            ▶        if amount >= self.balance:
                        raise ValueError("not enough")
                    self.balance -= amount
            """, "        if amount > self.balance:"),
        BugPair(
            .python,
            """
            def is_palindrome(text):
                text = text.lower()
            ▶    return text == text[:-1]
            """, "    return text == text[::-1]"),
        BugPair(
            .python,
            """
            def words(line):
                parts = []
                for part in line.split(","):
            ▶        parts.append(part)
                return parts
            """, "        parts.append(part.strip())"),
        BugPair(
            .python,
            """
            def countdown(n):
                steps = []
                while n > 0:
            ▶        steps.append(n)
                return steps
            """, "        steps.append(n)", "        n -= 1"),
        BugPair(
            .python,
            """
            def first_even(numbers):
                found = None
                for number in numbers:
                    if number % 2 == 0:
            ▶            found = number
                return found
            """, "            found = number", "            break"),
        BugPair(
            .python,
            """
            def total(prices, discount):
                result = 0
                for price in prices:
                    result += price
            ▶        return result - discount
            """, "    return result - discount"),
        BugPair(
            .python,
            """
            def visit(node, seen):
            ▶    if node in seen:
                    seen.add(node)
                    for other in node.links:
                        visit(other, seen)
            """, "    if node not in seen:"),
        BugPair(
            .python,
            """
            def factorial(n):
                if n <= 1:
                    return 1
            ▶    n * factorial(n - 1)
            """, "    return n * factorial(n - 1)"),
        BugPair(
            .python,
            """
            def read_config(path):
                values = {}
            ▶    if path.exists() and path.suffix == ".ini":
                    values.update(parse(path))
                return values
            """, "    if path.exists():"),
        BugPair(
            .python,
            """
            def scan(text, start, stop):
                index = start
            ▶    while text[index] != stop:
                    index += 1
                return index
            """, "    while index < len(text) and text[index] != stop:"),
        BugPair(
            .python,
            """
            def depth(tree):
                if tree is None:
                    return 0
            ▶    return min(depth(tree.left), depth(tree.right)) + 1
            """, "    return max(depth(tree.left), depth(tree.right)) + 1"),
        BugPair(
            .python,
            """
            def anagrams(words):
                groups = {}
                for word in words:
            ▶        key = "".join(word)
                    groups.setdefault(key, []).append(word)
                return groups
            """, "        key = \"\".join(sorted(word))"),
        BugPair(
            .python,
            """
            def parse(line)
                return line.split()
            """.replacingFirstLine(), "def parse(line):"),
        BugPair(
            .python,
            """
            def distance(a, b):
            ▶    return a - b
            """, "    return abs(a - b)"),
        BugPair(
            .python,
            """
            def grid(rows, columns):
            ▶    return [[0] * columns] * rows
            """, "    return [[0] * columns for _ in range(rows)]"),
        BugPair(
            .python,
            """
            def subsequences(a, b, k):
                if k == 0:
            ▶        return []
                result = []
                for i in range(a, b + 1 - k):
                    result.extend([i] + rest for rest in subsequences(i + 1, b, k - 1))
                return result
            """, "        return [[]]"),
        BugPair(
            .python,
            """
            def clamp(value, low, high):
                if value < low:
                    return low
                if value > high:
            ▶        return low
                return value
            """, "        return high"),
        BugPair(
            .python,
            """
            def area(radius):
            ▶    return math.pi * radius ** 2
            """,
            """
            import math
            def area(radius):
                return math.pi * radius ** 2
            """),
        BugPair(
            .python,
            """
            def update(stats, name, score):
                stats.setdefault(name, 0)
            ▶    stats[name] = score
            """, "    stats[name] += score"),
        BugPair(
            .python,
            """
            def leap(year):
            ▶    return year % 4 == 0 and year % 100 != 0 and year % 400 == 0
            """, "    return year % 4 == 0 and year % 100 != 0 or year % 400 == 0"),
    ]

    static let swift: [BugPair] = [
        BugPair(
            .swift,
            """
            func sum(upTo n: Int) -> Int {
                var total = 0
            ▶    for i in 0..<n {
                    total += i
                }
                return total
            }
            """, "    for i in 0...n {"),
        BugPair(
            .swift,
            """
            func average(_ values: [Double]) -> Double {
            ▶    return values.reduce(0, +) / Double(values.count)
            }
            """, "    if values.isEmpty { return 0 }", "    return values.reduce(0, +) / Double(values.count)"),
        BugPair(
            .swift,
            """
            struct Stack {
                private var items: [Int] = []
                mutating func pop() -> Int? {
            ▶        return items.removeFirst()
                }
            }
            """, "        return items.removeLast()"),
        BugPair(
            .swift,
            """
            func largest(_ values: [Int]) -> Int {
                var best = values[0]
                for value in values {
            ▶        if value < best { best = value }
                }
                return best
            }
            """, "        if value > best { best = value }"),
        BugPair(
            .swift,
            """
            func clamp(_ value: Int, low: Int, high: Int) -> Int {
            ▶    return max(low, max(value, high))
            }
            """, "    return max(low, min(value, high))"),
        BugPair(
            .swift,
            """
            func find(_ target: Int, in values: [Int]) -> Int? {
                var low = 0
            ▶    var high = values.count
                while low <= high {
                    let middle = (low + high) / 2
                    if values[middle] == target { return middle }
                    if values[middle] < target { low = middle + 1 } else { high = middle - 1 }
                }
                return nil
            }
            """, "    var high = values.count - 1"),
        BugPair(
            .swift,
            """
            func count(_ text: String) -> [Character: Int] {
            ▶    let counts: [Character: Int] = [:]
                for character in text { counts[character, default: 0] += 1 }
                return counts
            }
            """, "    var counts: [Character: Int] = [:]"),
        BugPair(
            .swift,
            """
            func isPrime(_ n: Int) -> Bool {
                var divisor = 2
            ▶    while divisor * divisor < n {
                    if n % divisor == 0 { return false }
                    divisor += 1
                }
                return true
            }
            """, "    while divisor * divisor <= n {"),
        BugPair(
            .swift,
            """
            func title(_ user: User) -> String {
            ▶    guard !user.name.isEmpty || user.isActive else { return "" }
                return user.name
            }
            """, "    guard !user.name.isEmpty && user.isActive else { return \"\" }"),
        BugPair(
            .swift,
            """
            func evens(_ numbers: [Int]) -> [Int] {
            ▶    numbers.filter { $0 % 2 == 1 }
            }
            """, "    numbers.filter { $0 % 2 == 0 }"),
        BugPair(
            .swift,
            """
            func hasAll(_ names: [String], in known: Set<String>) -> Bool {
            ▶    return names.contains { known.contains($0) }
            }
            """, "    return names.allSatisfy { known.contains($0) }"),
        BugPair(
            .swift,
            """
            final class Cache {
                var hits = 0
                var misses = 0
                func look(_ key: String) -> Bool {
                    let found = table[key] != nil
                    if found {
            ▶            misses += 1
                    }
                    return found
                }
            }
            """, "            hits += 1"),
        BugPair(
            .swift,
            """
            func overlap(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
            ▶    return a.lowerBound < b.upperBound && b.lowerBound < b.upperBound
            }
            """, "    return a.lowerBound < b.upperBound && b.lowerBound < a.upperBound"),
        BugPair(
            .swift,
            """
            func power(_ base: Int, _ exponent: Int) -> Int {
                var result = 1
                for _ in 0..<exponent {
            ▶        result = base
                }
                return result
            }
            """, "        result *= base"),
    ]

    static let c: [BugPair] = [
        BugPair(
            .c,
            """
            int sum(const int *values, int count) {
                int total = 0;
            ▶    for (int i = 0; i <= count; i++)
                    total += values[i];
                return total;
            }
            """, "    for (int i = 0; i < count; i++)"),
        BugPair(
            .c,
            """
            char *copy(const char *text) {
            ▶    char *result = malloc(strlen(text));
                strcpy(result, text);
                return result;
            }
            """, "    char *result = malloc(strlen(text) + 1);"),
        BugPair(
            .c,
            """
            int check(int mode) {
            ▶    if (mode = 3)
                    return 1;
                return 0;
            }
            """, "    if (mode == 3)"),
        BugPair(
            .c,
            """
            int length(struct node *list) {
                int count = 0;
                while (list) {
            ▶        count++;
                }
                return count;
            }
            """, "        count++;", "        list = list->next;"),
        BugPair(
            .c,
            """
            int first(struct list *list) {
            ▶    return list->head->value;
            }
            """, "    if (list == NULL) return 0;", "    return list->head->value;"),
        BugPair(
            .c,
            """
            void swap(int *a, int *b) {
                int saved = *a;
                *a = *b;
            ▶    *b = *a;
            }
            """, "    *b = saved;"),
        BugPair(
            .c,
            """
            const char *name(int day) {
                const char *result = "?";
                switch (day) {
                case 0:
            ▶        result = "mon";
                case 1:
                    result = "tue";
                    break;
                }
                return result;
            }
            """, "        result = \"mon\";", "        break;"),
        BugPair(
            .c,
            """
            void reverse(char *text, size_t length) {
                size_t i;
            ▶    for (i = length - 1; i >= 0; i--)
                    putchar(text[i]);
            }
            """, "    for (i = length; i-- > 0;)"),
        BugPair(
            .c,
            """
            int has(unsigned flags, unsigned bit) {
            ▶    return (flags | bit) != 0;
            }
            """, "    return (flags & bit) != 0;"),
        BugPair(
            .c,
            """
            int is_space(char c) {
            ▶    return c == ' ' && c == '\\t';
            }
            """, "    return c == ' ' || c == '\\t';"),
        BugPair(
            .c,
            """
            int same(const char *a, const char *b) {
            ▶    return strcmp(a, b);
            }
            """, "    return strcmp(a, b) == 0;"),
        BugPair(
            .c,
            """
            int *squares(int n) {
            ▶    int *out = malloc(n);
                for (int i = 0; i < n; i++)
                    out[i] = i * i;
                return out;
            }
            """, "    int *out = malloc(n * sizeof(int));"),
        BugPair(
            .c,
            """
            int count_words(const char *text) {
                int words = 0;
            ▶    int inside = 1;
                for (; *text; text++) {
                    if (isspace(*text)) inside = 0;
                    else if (!inside) { inside = 1; words++; }
                }
                return words;
            }
            """, "    int inside = 0;"),
        BugPair(
            .c,
            """
            void push(struct stack *s, int value) {
                if (s->size == s->capacity)
                    return;
            ▶    s->items[s->capacity] = value;
                s->size++;
            }
            """, "    s->items[s->size] = value;"),
        BugPair(
            .c,
            """
            int max(int a, int b) {
            ▶    return a > b ? b : a;
            }
            """, "    return a > b ? a : b;"),
        BugPair(
            .c,
            """
            int area(int width, int height) {
                int result = width * height
                return result;
            }
            """.replacingFirst("    int result", with: "▶    int result"), "    int result = width * height;"),
    ]

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

extension String {
    /// The text with its first line marked.
    fileprivate func replacingFirstLine() -> String { "▶" + self }

    /// The text with one stretch exchanged for another.
    fileprivate func replacingFirst(_ part: String, with other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
