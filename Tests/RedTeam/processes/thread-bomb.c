// attack: more threads than the limit
// outside: succeeds
// limits: processes 64
#include "attack.h"

static void *idle_thread(void *unused) {
    for (;;) pause();
    return unused;
}

int main(void) {
    tried();
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 1 << 16);
    int threads = 0;
    for (pthread_t thread; threads < 300 && pthread_create(&thread, &attributes, idle_thread, NULL) == 0;) threads++;
    return verdict(threads >= 80);
}
