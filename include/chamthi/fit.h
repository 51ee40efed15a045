/* From readings to a ranking with its doubt: the additive model y = mu + entry + judge + error.
 *
 * mean  the raw mean of an entry's readings
 * ls    least squares: entries and judges fixed; asks nothing of how judges were assigned
 * eb    empirical Bayes: both random, variances by restricted likelihood (by moments above 1,500 judges);
 *       right when judges were drawn and the design is connected
 * auto  eb when the design supports it, else ls, else mean; an alarm says why
 * trimmed, z  only because some rulebooks name them, always with a warning: the mean without the highest and
 *       lowest reading (of three or more); readings made comparable by each judge's own mean and spread,
 *       refused where entries were not dealt at random or the design is in parts
 * scale eb with a spread of each judge's own, y = mu + a_j entry + judge + error: a second opinion where
 *       entries were drawn and every judge has FIT_SCALE_READINGS readings; refused elsewhere
 *
 * Everything is in points (not hundredths). The result depends neither on the order of the rows nor, for
 * equal entries, on their ids. This is the one room where floating point decides: ranks of entries closer
 * than 1e-9 points are equal. */
#ifndef CHAMTHI_FIT_H
#define CHAMTHI_FIT_H

#include "chamthi/random.h"
#include "chamthi/ratings.h"

typedef enum {
    FIT_AUTO,
    FIT_MEAN,
    FIT_LS,
    FIT_EB,
    FIT_TRIMMED,
    FIT_Z,
    FIT_SCALE,
    FIT_METHOD_COUNT
} fit_method;
const char *fit_method_name(fit_method m); /* "auto", "mean", "ls", "eb", "trimmed", "z", "scale" */
bool fit_method_read(const char *name, fit_method *out);
#define FIT_METHODS "mean, ls, eb, auto, trimmed, z, scale"

/* How the readings were assigned. */
typedef enum { ASSIGNED_UNKNOWN, ASSIGNED_BY_DRAW, ASSIGNED_BY_CHOICE } fit_assigned;

enum {
    FIT_DRAWS = 4000,
    FIT_SCALE_READINGS = 50, /* of each judge, for FIT_SCALE */
    FIT_COMMON_LEAST = 5 /* spare readings below which two judges' severity is left alone by auto */
};

typedef struct {
    fit_method method;
    fit_assigned assigned;
    size_t prizes; /* 0: a tenth of the entries, rounded up */
    size_t
        draws; /* 0: no chances; fewer are made on tables above 25,000 entries, but at least 100 */
    const unsigned char *seed; /* SEED_SIZE bytes; NULL: from the table's own hash */
    const struct fit *like; /* NULL, or a fit whose method and variances are taken as they are: what
                                  a part of its table would say under the same rules; where it is too
                                  little for them, `method` decides */
} fit_options;

typedef struct {
    size_t n;
    double effect; /* of the model, added to every mark: below 0 is severe, above 0 lenient */
    double se;
    double scale; /* FIT_SCALE: how far this judge spreads entries, 1 is usual; else 1 */
} fit_judge;

typedef struct {
    size_t n;
    double mean, adjusted;
    double se, low, high;        /* of the entry's effect; 95 % */
    double prize, expected_rank; /* share of draws among the prizes; mean rank over the draws */
    size_t rank_low, rank_high;  /* ranks of 95 % of the draws: low is the better end */
    size_t rank;                 /* 1 2 2 4; within its group when groups cannot be compared */
} fit_entry;

typedef struct fit {
    fit_method method; /* the one used, never FIT_AUTO */
    bool moments;      /* variances by moments, not by restricted likelihood */
    double mu;
    bool has_variances, has_residual;
    double entry_variance, judge_variance, residual_variance;
    bool has_criterion;
    double criterion; /* -2 log restricted likelihood */
    bool has_correlation;
    double correlation; /* between the scores by ls and by eb: below .99 is an alarm */
    bool has_errors;    /* se is known */
    bool has_intervals; /* low and high too; refused where the design does not support them */
    bool has_chances;
    bool errors_from_diagonal; /* above 1,500 judges */
    fit_judge *judges;
    fit_entry *entries;
    uint32_t *order;    /* entries by group (when not comparable), rank, id */
    bool by_group;      /* ranks are within groups */
    rating_link *links; /* group_count - 1 readings that would connect the design */
    bool has_reliability;
    double single, adjusted; /* reliability of one reading; of an entry's adjusted score */
    double per_entry;        /* harmonic mean of readings per entry */
    size_t prizes, draws;
    unsigned char seed[SEED_SIZE];
    remarks alarms;
} fit;

/* E_INPUT: eb was asked for where it is not defined (one judge, no spare readings, no error at all), z or
 * scale where the design does not support it. */
status fit_run(arena *mem, const ratings *table, const fit_options *options, fit *out, fault *f);

#endif
