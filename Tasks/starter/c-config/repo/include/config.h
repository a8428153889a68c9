#ifndef CONFIG_H
#define CONFIG_H

#include <stdbool.h>
#include <stddef.h>

struct config;

/*
 * Reads a whole file's text. Returns NULL and stores the number of the offending line (from 1)
 * where the text is malformed.
 */
struct config *config_parse(const char *text, int *bad_line);
void config_free(struct config *config);

size_t config_section_count(const struct config *config);

/* The value as written, or NULL. */
const char *config_text(const struct config *config, const char *section, const char *key);

/* The value as a type, or the fallback where it is absent or is not of that type. */
long config_long(const struct config *config, const char *section, const char *key, long fallback);
bool config_bool(const struct config *config, const char *section, const char *key, bool fallback);

#endif
