// attack: read or plant keys in the user's keyrings
// outside: succeeds
#include "attack.h"

int main(void) {
    tried();
    // An own session keyring: nothing stays.
    long session = syscall(SYS_keyctl, 1 /* JOIN_SESSION_KEYRING */, NULL, 0, 0, 0);
    long key = syscall(SYS_add_key, "user", "fettle-red-team", "x", 1, -3);
    if (session < 0 && key < 0 && errno == ENOSYS && !*given("INSIDE")) return NOT_HERE;
    return verdict(session >= 0 || key >= 0 || syscall(SYS_keyctl, 0, -4, 0, 0, 0) >= 0);
}
