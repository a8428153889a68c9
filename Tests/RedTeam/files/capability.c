// attack: give a file a capability
// outside: succeeds as root
#include "attack.h"
#include <linux/capability.h>

int main(void) {
    tried();
    struct vfs_cap_data data = {.magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE, .data = {{.permitted = ~0U}}};
    if (open("mine", O_CREAT | O_WRONLY, 0755) < 0) return FAILED;
    return verdict(setxattr("mine", "security.capability", &data, sizeof data, 0) == 0);
}
