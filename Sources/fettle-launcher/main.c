#include "CLauncher.h"

int main(int argc, char **argv) {
    return fettle_launcher_main(argc, argv);
}
