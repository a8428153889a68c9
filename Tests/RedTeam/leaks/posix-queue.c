// attack: leave POSIX message queues behind
// outside: succeeds
// inside: may succeed
// judge: no-marked-files
#include "attack.h"
#include <mqueue.h>

int main(void) {
    tried();
    char name[64];
    snprintf(name, sizeof name, "/fettle-red-team-%s", given("MARK"));
    mqd_t queue = mq_open(name, O_CREAT | O_RDWR, 0666, NULL);
    if (queue == (mqd_t)-1) return FAILED;
    // Outside, where it would stay, it is taken away at once.
    if (!*given("INSIDE")) mq_unlink(name);
    return SUCCEEDED;
}
