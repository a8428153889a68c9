// attack: open a file by its handle, past all folders above it
// outside: succeeds as root
#include "attack.h"

int main(void) {
    tried();
    int file = open("handled", O_CREAT | O_RDWR, 0600);
    if (file < 0) return FAILED;
    union {
        struct file_handle handle;
        char bytes[sizeof(struct file_handle) + MAX_HANDLE_SZ];
    } space = {.handle.handle_bytes = MAX_HANDLE_SZ};
    int mount;
    if (name_to_handle_at(AT_FDCWD, "handled", &space.handle, &mount, 0) < 0) return errno == EOPNOTSUPP ? NOT_HERE : FAILED;
    return verdict(open_by_handle_at(open(".", O_RDONLY), &space.handle, O_RDONLY) >= 0);
}
