/* A fixed table of counters: an address that meets another in its place shares the count, which can only make
 * the limit stricter. */
#include "rate.h"

#include "chamthi/random.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 4096, WINDOW = 60 };

typedef struct {
    int64_t since, count;
} counter;

struct rate {
    pthread_mutex_t lock;
    int64_t most;
    unsigned char key[SEED_SIZE]; /* so that nobody can choose whose place he takes */
    counter places[PLACES];
};

status rate_new(rate **out, int64_t most_a_minute, fault *f)
{
    rate *r = calloc(1, sizeof *r);
    if (!r)
        return fault_memory(f);
    r->most = most_a_minute;
    random_bytes(r->key, sizeof r->key);
    pthread_mutex_init(&r->lock, NULL);
    *out = r;
    return OK;
}

void rate_free(rate *r)
{
    if (!r)
        return;
    pthread_mutex_destroy(&r->lock);
    free(r);
}

bool rate_allows(rate *r, const char *address, int64_t now)
{
    hash_state h;
    unsigned char hash[HASH_SIZE];
    hash_start(&h, r->key, sizeof r->key);
    hash_piece(&h, address, strlen(address));
    hash_end(&h, hash);
    counter *c = &r->places[(hash[0] | hash[1] << 8) % PLACES];
    pthread_mutex_lock(&r->lock);
    if (now - c->since >= WINDOW)
        *c = (counter){now, 0};
    bool fits = c->count < r->most;
    c->count += fits;
    pthread_mutex_unlock(&r->lock);
    return fits;
}
