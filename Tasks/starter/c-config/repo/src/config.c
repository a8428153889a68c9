#include "config.h"

#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct setting {
    char *key;
    char *value;
    struct setting *next;
};

struct section {
    char *name;
    struct setting *settings;
    struct section *next;
};

struct config {
    struct section *sections;
    size_t section_count;
};

static struct section *find_section(const struct config *config, const char *name) {
    struct section *section = config->sections;
    while (section != NULL && strcmp(section->name, name) != 0) {
        section = section->next;
    }
    return section;
}

static struct setting *find_setting(const struct section *section, const char *key) {
    struct setting *setting = section->settings;
    while (setting != NULL && strcmp(setting->key, key) != 0) {
        setting = setting->next;
    }
    return setting;
}

static struct section *open_section(struct config *config, const char *name) {
    struct section *section = find_section(config, name);
    if (section != NULL) {
        return section;
    }
    section = calloc(1, sizeof *section);
    if (section == NULL) {
        return NULL;
    }
    section->name = text_copy(name, strlen(name));
    section->next = config->sections;
    config->sections = section;
    config->section_count++;
    return section;
}

static bool set(struct section *section, const char *key, const char *value) {
    struct setting *setting = find_setting(section, key);
    if (setting == NULL) {
        setting = calloc(1, sizeof *setting);
        if (setting == NULL) {
            return false;
        }
        setting->key = text_copy(key, strlen(key));
        setting->next = section->settings;
        section->settings = setting;
    }
    free(setting->value);
    setting->value = text_copy(value, strlen(value));
    return setting->value != NULL;
}

/* Takes one line in; *current is the section that settings go to. */
static bool parse_line(struct config *config, char *line, struct section **current) {
    char *text = text_trim(line);
    if (*text == '\0' || *text == '#' || *text == ';') {
        return true;
    }
    if (*text == '[') {
        char *end = strchr(text, ']');
        if (end == NULL || end[1] != '\0') {
            return false;
        }
        *end = '\0';
        *current = open_section(config, text_trim(text + 1));
        return *current != NULL;
    }
    char *equals = strchr(text, '=');
    if (equals == NULL || equals == text) {
        return false;
    }
    *equals = '\0';
    return set(*current, text_trim(text), text_trim(equals + 1));
}

struct config *config_parse(const char *text, int *bad_line) {
    struct config *config = calloc(1, sizeof *config);
    struct section *current = config == NULL ? NULL : open_section(config, "");
    bool good = current != NULL;
    for (int number = 1; good && *text != '\0'; number++) {
        size_t length = strcspn(text, "\n");
        char *line = text_copy(text, length);
        good = line != NULL && parse_line(config, line, &current);
        free(line);
        if (!good && bad_line != NULL) {
            *bad_line = number;
        }
        text += length + (text[length] == '\n');
    }
    if (!good) {
        config_free(config);
        return NULL;
    }
    return config;
}

void config_free(struct config *config) {
    if (config == NULL) {
        return;
    }
    while (config->sections != NULL) {
        struct section *section = config->sections;
        config->sections = section->next;
        while (section->settings != NULL) {
            struct setting *setting = section->settings;
            section->settings = setting->next;
            free(setting->key);
            free(setting->value);
            free(setting);
        }
        free(section->name);
        free(section);
    }
    free(config);
}

size_t config_section_count(const struct config *config) {
    return config->section_count - 1;
}

const char *config_text(const struct config *config, const char *name, const char *key) {
    struct section *section = find_section(config, name);
    struct setting *setting = find_setting(section, key);
    return setting == NULL ? NULL : setting->value;
}

long config_long(const struct config *config, const char *section, const char *key, long fallback) {
    const char *value = config_text(config, section, key);
    if (value == NULL || *value == '\0') {
        return fallback;
    }
    char *end = NULL;
    errno = 0;
    long number = strtol(value, &end, 0);
    return errno != 0 || *end != '\0' ? fallback : number;
}

bool config_bool(const struct config *config, const char *section, const char *key, bool fallback) {
    static const char *const words[2][4] = {
        {"no", "off", "false", "0"},
        {"yes", "on", "true", "1"},
    };
    const char *value = config_text(config, section, key);
    if (value == NULL) {
        return fallback;
    }
    for (int truth = 0; truth < 2; truth++) {
        for (size_t index = 0; index < 4; index++) {
            if (strcasecmp(value, words[truth][index]) == 0) {
                return truth;
            }
        }
    }
    return fallback;
}
