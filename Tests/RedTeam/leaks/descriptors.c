// attack: send descriptors to whoever listens, so that they stay open
// outside: succeeds
#include "attack.h"
#include <stddef.h>
#include <sys/un.h>

int main(void) {
    tried();
    int socket_ = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, given("SOCKET_PATH"), sizeof address.sun_path - 1);
    return verdict(connect(socket_, (struct sockaddr *)&address, sizeof address) == 0 && write(socket_, "x", 1) == 1);
}
