#include "check.h"
#include "config.h"

static void empty_text_is_a_configuration(void) {
    struct config *config = config_parse("", NULL);
    assert(config != NULL);
    assert(config_section_count(config) == 0);
    config_free(config);
}

static void sections_may_come_twice(void) {
    struct config *config = config_parse("[a]\nx=1\n[b]\nx=2\n[ a ]\ny = 3", NULL);
    assert(config != NULL);
    assert(config_section_count(config) == 2);
    assert_text(config_text(config, "a", "x"), "1");
    assert_text(config_text(config, "b", "x"), "2");
    assert_text(config_text(config, "a", "y"), "3");
    config_free(config);
}

static void comments_and_blank_lines_are_skipped(void) {
    struct config *config = config_parse("\n# a = 1\n  ; b = 2\n\n c = d = e # f\n", NULL);
    assert(config != NULL);
    assert(config_text(config, "", "a") == NULL);
    assert_text(config_text(config, "", "c"), "d = e # f");
    config_free(config);
}

static void malformed_lines_are_counted(void) {
    int line = 0;
    assert(config_parse("a = 1\n\nnonsense\n", &line) == NULL);
    assert(line == 3);
    assert(config_parse("= 1", &line) == NULL);
    assert(line == 1);
    assert(config_parse("a=1\n[open\n", &line) == NULL);
    assert(line == 2);
    assert(config_parse("[a] x\n", NULL) == NULL);
}

int main(void) {
    empty_text_is_a_configuration();
    sections_may_come_twice();
    comments_and_blank_lines_are_skipped();
    malformed_lines_are_counted();
    return 0;
}
