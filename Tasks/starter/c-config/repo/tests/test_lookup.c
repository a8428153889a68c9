#include "check.h"
#include "config.h"

static void the_last_value_wins(struct config *config) {
    assert_text(config_text(config, "server", "port"), "8081");
}

static void settings_before_any_section(struct config *config) {
    assert_text(config_text(config, "", "verbose"), "yes");
    assert(config_text(config, "server", "verbose") == NULL);
}

static void absent_things_have_no_value(struct config *config) {
    assert(config_text(config, "server", "colour") == NULL);
    assert(config_text(config, "client", "port") == NULL);
    assert(config_long(config, "metrics", "port", 9100) == 9100);
    assert(config_bool(config, "metrics", "on", true));
}

int main(void) {
    struct config *config =
        config_parse("verbose = yes\n[server]\nport = 8080\nhost =\nport = 8081\n", NULL);
    assert(config != NULL);
    the_last_value_wins(config);
    settings_before_any_section(config);
    absent_things_have_no_value(config);
    assert_text(config_text(config, "server", "host"), "");
    config_free(config);
    return 0;
}
