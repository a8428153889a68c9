// attack: leave System V shared memory, semaphores and queues behind
// outside: succeeds
// inside: may succeed
// judge: no-shared-memory
#include "attack.h"
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main(void) {
    tried();
    key_t key = atoi(given("KEY"));
    return verdict(shmget(key, 4096, IPC_CREAT | 0666) >= 0 && semget(key, 1, IPC_CREAT | 0666) >= 0 &&
                   msgget(key, IPC_CREAT | 0666) >= 0);
}
