#include "table.h"
#include "tap.h"

static struct table table;

static void set_numbered(int first, int last) {
    for (int number = first; number <= last; number++) {
        char key[16];
        snprintf(key, sizeof key, "key-%d", number);
        EXPECT(table_set(&table, key, number));
    }
}

/* How many of the numbered keys have their value. */
static int found_numbered(int first, int last) {
    int found = 0;
    for (int number = first; number <= last; number++) {
        char key[16];
        snprintf(key, sizeof key, "key-%d", number);
        found += table_get(&table, key, -1) == number;
    }
    return found;
}

static void add_up(const char *key, long value, void *context) {
    long *sum = context;
    EXPECT(key != NULL);
    *sum += value;
}

static void empty_table(void) {
    table_init(&table);
    EXPECT_INT(table_count(&table), 0);
    EXPECT_INT(table_get(&table, "a", 7), 7);
    EXPECT(!table_has(&table, "a"));
    EXPECT(!table_remove(&table, "a"));
    table_free(&table);
}

static void set_and_get(void) {
    table_init(&table);
    EXPECT(table_set(&table, "a", 1));
    EXPECT(table_set(&table, "b", 2));
    EXPECT(table_set(&table, "", 3));
    EXPECT_INT(table_get(&table, "a", 0), 1);
    EXPECT_INT(table_get(&table, "b", 0), 2);
    EXPECT_INT(table_get(&table, "", 0), 3);
    EXPECT_INT(table_get(&table, "c", 9), 9);
    table_free(&table);
}

static void setting_again_replaces(void) {
    table_init(&table);
    table_set(&table, "a", 1);
    table_set(&table, "a", 5);
    EXPECT_INT(table_count(&table), 1);
    EXPECT_INT(table_get(&table, "a", 0), 5);
    table_free(&table);
}

static void keys_are_copied(void) {
    char key[] = "first";
    table_init(&table);
    table_set(&table, key, 1);
    key[0] = 'F';
    EXPECT(table_has(&table, "first"));
    EXPECT(!table_has(&table, "First"));
    table_free(&table);
}

static void a_few_entries(void) {
    table_init(&table);
    set_numbered(1, 6);
    EXPECT_INT(found_numbered(1, 6), 6);
    EXPECT_INT(table_count(&table), 6);
    table_free(&table);
}

static void grows_and_keeps_every_entry(void) {
    table_init(&table);
    set_numbered(1, 13);
    EXPECT_INT(found_numbered(1, 13), 13);
    set_numbered(14, 500);
    EXPECT_INT(found_numbered(1, 500), 500);
    EXPECT_INT(found_numbered(501, 600), 0);
    EXPECT_INT(table_count(&table), 500);
    table_free(&table);
}

static void removing(void) {
    table_init(&table);
    set_numbered(1, 5);
    EXPECT(table_remove(&table, "key-3"));
    EXPECT(!table_remove(&table, "key-3"));
    EXPECT_INT(found_numbered(1, 5), 4);
    EXPECT_INT(table_count(&table), 4);
    set_numbered(3, 3);
    EXPECT_INT(found_numbered(1, 5), 5);
    table_free(&table);
}

static void coming_and_going_does_not_fill_the_table(void) {
    table_init(&table);
    for (int round = 0; round < 100; round++) {
        char key[16];
        snprintf(key, sizeof key, "round-%d", round);
        EXPECT(table_set(&table, key, round));
        EXPECT(table_remove(&table, key));
    }
    EXPECT_INT(table_count(&table), 0);
    EXPECT_INT(table.capacity, 8);
    table_free(&table);
}

static void counting_words(void) {
    table_init(&table);
    EXPECT_INT(table_add(&table, "tea", 1), 1);
    EXPECT_INT(table_add(&table, "tea", 2), 3);
    EXPECT_INT(table_add(&table, "milk", -4), -4);
    EXPECT_INT(table_count(&table), 2);
    table_free(&table);
}

static void visiting_every_entry(void) {
    long sum = 0;
    table_init(&table);
    table_each(&table, add_up, &sum);
    EXPECT_INT(sum, 0);
    set_numbered(1, 6);
    table_remove(&table, "key-4");
    table_each(&table, add_up, &sum);
    EXPECT_INT(sum, 17);
    table_free(&table);
}

int main(void) {
    RUN(empty_table);
    RUN(set_and_get);
    RUN(setting_again_replaces);
    RUN(keys_are_copied);
    RUN(a_few_entries);
    RUN(grows_and_keeps_every_entry);
    RUN(removing);
    RUN(coming_and_going_does_not_fill_the_table);
    RUN(counting_words);
    RUN(visiting_every_entry);
    return tap_done();
}
