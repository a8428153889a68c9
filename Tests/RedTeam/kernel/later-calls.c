// attack: make calls that are newer than the filter
// outside: succeeds
#include "attack.h"

int main(void) {
    tried();
    // statmount, listmount, lsm_list_modules, mseal, setxattrat …, open_tree_attr, and what may come.
    for (long number = 457; number < 600; number++)
        if (syscall(number, 0, 0, 0, 0, 0, 0) >= 0 || errno != ENOSYS) return SUCCEEDED;
    return *given("INSIDE") ? FAILED : NOT_HERE;
}
