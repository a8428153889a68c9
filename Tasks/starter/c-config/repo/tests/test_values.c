#include "check.h"
#include "config.h"

int main(void) {
    struct config *config = config_parse(
        "[n]\nten = 10\nhex = 0x1f\nneg = -7\nbad = 12 apples\nhuge = 99999999999999999999\n"
        "empty =\n[b]\na = YES\nb = off\nc = 1\nd = False\ne = maybe\n",
        NULL);
    assert(config != NULL);
    assert(config_long(config, "n", "ten", 1) == 10);
    assert(config_long(config, "n", "hex", 1) == 31);
    assert(config_long(config, "n", "neg", 1) == -7);
    assert(config_long(config, "n", "bad", 1) == 1);
    assert(config_long(config, "n", "huge", 2) == 2);
    assert(config_long(config, "n", "empty", 3) == 3);
    assert(config_long(config, "n", "absent", 4) == 4);
    assert(config_bool(config, "b", "a", false));
    assert(!config_bool(config, "b", "b", true));
    assert(config_bool(config, "b", "c", false));
    assert(!config_bool(config, "b", "d", true));
    assert(config_bool(config, "b", "e", true));
    assert(!config_bool(config, "b", "e", false));
    assert(config_bool(config, "b", "absent", true));
    config_free(config);
    return 0;
}
