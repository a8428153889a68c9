#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* A hash table from strings to longs. Keys are copied. */
struct table {
    struct table_slot *slots;
    size_t capacity; /* a power of two, or zero */
    size_t count;
    size_t used; /* slots that are occupied or were once */
};

void table_init(struct table *table);
void table_free(struct table *table);

size_t table_count(const struct table *table);

/* Adds or replaces; false when memory runs out, and then nothing has changed. */
bool table_set(struct table *table, const char *key, long value);

long table_get(const struct table *table, const char *key, long fallback);
bool table_has(const struct table *table, const char *key);

/* False where there is no such key. */
bool table_remove(struct table *table, const char *key);

/* Adds to a value that counts from zero; returns the new value. */
long table_add(struct table *table, const char *key, long amount);

/* Calls `visit` for every entry, in no order. */
void table_each(const struct table *table,
                void (*visit)(const char *key, long value, void *context), void *context);

#endif
