import Editing

extension BugPair {
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
}
