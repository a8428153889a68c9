// Fork and join over a few threads: spin for some microseconds, then sleep.
//
// Work is announced by raising `generation`; a worker that finds it raised runs the work and counts itself off in
// `running`. Before sleeping, a worker registers itself in `sleepers` under the lock and looks once more, so that the
// caller, who raises first and looks at `sleepers` after, cannot miss it (both are sequentially consistent).
#include "ckernels.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { spin_turns = 2000 };

struct ck_pool {
    _Alignas(128) _Atomic uint32_t generation;
    _Alignas(128) _Atomic int32_t running;
    _Alignas(128) _Atomic int32_t sleepers;
    pthread_mutex_t turn;  // one caller at a time
    pthread_mutex_t lock;
    pthread_cond_t wake;
    void (*work)(void *, int32_t);
    void *context;
    bool ending;
    int32_t threads;
    int32_t born;
    pthread_t *handles;
};

typedef struct {
    ck_pool *pool;
    int32_t thread;
} birth;

static inline void relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void await_generation(ck_pool *pool, uint32_t seen) {
    for (int i = 0; i < spin_turns; i++) {
        if (atomic_load_explicit(&pool->generation, memory_order_acquire) != seen) return;
        relax();
    }
    pthread_mutex_lock(&pool->lock);
    atomic_fetch_add(&pool->sleepers, 1);
    while (atomic_load(&pool->generation) == seen) pthread_cond_wait(&pool->wake, &pool->lock);
    atomic_fetch_sub(&pool->sleepers, 1);
    pthread_mutex_unlock(&pool->lock);
}

static void *live(void *argument) {
    ck_pool *pool = ((birth *)argument)->pool;
    int32_t thread = ((birth *)argument)->thread;
    free(argument);
    uint32_t seen = 0;
    for (;;) {
        await_generation(pool, seen);
        seen++;
        if (pool->ending) return NULL;
        pool->work(pool->context, thread);
        atomic_fetch_sub_explicit(&pool->running, 1, memory_order_release);
    }
}

static void announce(ck_pool *pool) {
    atomic_fetch_add(&pool->generation, 1);
    if (atomic_load(&pool->sleepers) > 0) {
        pthread_mutex_lock(&pool->lock);
        pthread_cond_broadcast(&pool->wake);
        pthread_mutex_unlock(&pool->lock);
    }
}

ck_pool *ck_pool_create(int32_t threads) {
    ck_pool *pool = aligned_alloc(128, (sizeof(ck_pool) + 127) / 128 * 128);
    if (!pool) return NULL;
    *pool = (ck_pool){.threads = threads, .born = 1};
    pthread_mutex_init(&pool->turn, NULL);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    pool->handles = calloc((size_t)threads, sizeof(pthread_t));
    for (int32_t i = 1; pool->handles && i < threads; i++) {
        birth *argument = malloc(sizeof(birth));
        if (argument) *argument = (birth){pool, i};
        if (!argument || pthread_create(&pool->handles[i], NULL, live, argument) != 0) {
            free(argument);
            break;
        }
        pool->born++;
    }
    if (pool->born == threads) return pool;
    ck_pool_destroy(pool);
    return NULL;
}

void ck_pool_destroy(ck_pool *pool) {
    pthread_mutex_lock(&pool->turn);
    pool->ending = true;
    announce(pool);
    for (int32_t i = 1; i < pool->born; i++) pthread_join(pool->handles[i], NULL);
    pthread_mutex_unlock(&pool->turn);
    pthread_mutex_destroy(&pool->turn);
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->wake);
    free(pool->handles);
    free(pool);
}

void ck_pool_run(ck_pool *pool, void (*work)(void *, int32_t), void *context) {
    pthread_mutex_lock(&pool->turn);
    pool->work = work;
    pool->context = context;
    atomic_store_explicit(&pool->running, pool->threads - 1, memory_order_relaxed);
    announce(pool);
    work(context, 0);
    // A worker that the system has put aside must get its turn: after some spinning, give it the core.
    for (int i = 0; atomic_load_explicit(&pool->running, memory_order_acquire) > 0; i++) {
        if (i < spin_turns) relax();
        else sched_yield();
    }
    pthread_mutex_unlock(&pool->turn);
}
