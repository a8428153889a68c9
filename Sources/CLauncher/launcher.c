#include "CLauncher.h"
int fettle_launcher_main(int argc, char **argv) { (void)argc; (void)argv; return 0; }
