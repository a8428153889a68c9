import Editing

extension BugPair {
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
}
