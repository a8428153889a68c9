#include "table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 8 };

struct table_slot {
    char *key; /* NULL where the slot is free */
    bool removed;
    long value;
};

/* FNV-1a, 32 bits. */
static uint32_t hash(const char *key) {
    uint32_t value = 2166136261u;
    for (; *key != '\0'; key++) {
        value ^= (unsigned char)*key;
        value *= 16777619u;
    }
    return value;
}

/* The slot that holds the key, or the free one in which the search for it ends. */
static struct table_slot *probe(struct table_slot *slots, size_t capacity, const char *key) {
    size_t index = hash(key) & (capacity - 1);
    while (slots[index].removed || slots[index].key != NULL) {
        if (slots[index].key != NULL && strcmp(slots[index].key, key) == 0) {
            break;
        }
        index = (index + 1) & (capacity - 1);
    }
    return &slots[index];
}

static char *copy(const char *text) {
    size_t size = strlen(text) + 1;
    char *result = malloc(size);
    return result == NULL ? NULL : memcpy(result, text, size);
}

/* Makes room for one more entry. Removed slots are not taken along. */
static bool grow(struct table *table) {
    if ((table->used + 1) * 4 <= table->capacity * 3) {
        return true;
    }
    size_t capacity = FIRST_CAPACITY;
    while ((table->count + 1) * 4 > capacity * 3) {
        capacity *= 2;
    }
    struct table_slot *slots = calloc(capacity, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t index = 0; index < table->capacity; index++) {
        if (table->slots[index].key != NULL) {
            *probe(slots, table->capacity, table->slots[index].key) = table->slots[index];
        }
    }
    free(table->slots);
    table->slots = slots;
    table->capacity = capacity;
    table->used = table->count;
    return true;
}

void table_init(struct table *table) {
    *table = (struct table){0};
}

void table_free(struct table *table) {
    for (size_t index = 0; index < table->capacity; index++) {
        free(table->slots[index].key);
    }
    free(table->slots);
    table_init(table);
}

size_t table_count(const struct table *table) {
    return table->count;
}

static struct table_slot *find(const struct table *table, const char *key) {
    if (table->capacity == 0) {
        return NULL;
    }
    struct table_slot *slot = probe(table->slots, table->capacity, key);
    return slot->key == NULL ? NULL : slot;
}

bool table_set(struct table *table, const char *key, long value) {
    struct table_slot *slot = find(table, key);
    if (slot != NULL) {
        slot->value = value;
        return true;
    }
    char *owned = copy(key);
    if (owned == NULL || !grow(table)) {
        free(owned);
        return false;
    }
    *probe(table->slots, table->capacity, key) = (struct table_slot){.key = owned, .value = value};
    table->count++;
    table->used++;
    return true;
}

long table_get(const struct table *table, const char *key, long fallback) {
    const struct table_slot *slot = find(table, key);
    return slot == NULL ? fallback : slot->value;
}

bool table_has(const struct table *table, const char *key) {
    return find(table, key) != NULL;
}

bool table_remove(struct table *table, const char *key) {
    struct table_slot *slot = find(table, key);
    if (slot == NULL) {
        return false;
    }
    free(slot->key);
    *slot = (struct table_slot){.removed = true};
    table->count--;
    return true;
}

long table_add(struct table *table, const char *key, long amount) {
    long value = table_get(table, key, 0) + amount;
    table_set(table, key, value);
    return value;
}

void table_each(const struct table *table,
                void (*visit)(const char *key, long value, void *context), void *context) {
    for (size_t index = 0; index < table->capacity; index++) {
        if (table->slots[index].key != NULL) {
            visit(table->slots[index].key, table->slots[index].value, context);
        }
    }
}
