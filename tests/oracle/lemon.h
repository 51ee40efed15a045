/* Another program's answer to the draw: the dense network of every entry, unit and judge, solved by LEMON
 * (C++, only used by tests and the bench). */
#ifndef LEMON_H
#define LEMON_H

#ifdef __cplusplus
extern "C" {
#endif
#include <stddef.h>
#include <stdint.h>

typedef struct {
    size_t entries, judges, groups;
    const unsigned char *may; /* [entry * judges + judge] */
    const int64_t *need;      /* per entry: readings it lacks */
    const int64_t *unit;      /* per judge, -1: none; no unit twice on an entry */
    const int64_t *held;      /* per judge: readings that stand */
    const int64_t *cap;       /* per judge: readings in all */
    const int64_t *group;     /* per entry */
    const int64_t *room; /* [group * judges + judge]: most new readings there; NULL: any number */
} dense_problem;

typedef enum { NETWORK_SIMPLEX, COST_SCALING } dense_method;

/* The least sum over judges of load * (load - 1) / 2, or -1 when no plan keeps the rules. */
int64_t dense_cost(const dense_problem *p, dense_method method);
/* The most readings that can be given. */
int64_t dense_readings(const dense_problem *p);

#ifdef __cplusplus
}
#endif
#endif
