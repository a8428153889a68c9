#include "CLauncher.h"
#include "internal.h"

#include <stdio.h>
#include <string.h>

int fettle_launcher_main(int argc, char **argv) {
    const char *role = argc > 1 ? argv[1] : "";
    if (!strcmp(role, "stage")) return stage_main();
    if (!strcmp(role, "init")) return init_main(false);
    if (!strcmp(role, "probe")) return probe_main(argv + 2);
    fprintf(stderr, "fettle-launcher is started by fettle; there is nothing to run by hand\n");
    return 64;
}
