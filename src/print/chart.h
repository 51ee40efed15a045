/* Charts by plain rules: bars start at zero, every bar and cell says its number, what is not known is
 * hatched and never drawn as zero. */
#ifndef PRINT_CHART_H
#define PRINT_CHART_H

#include "document.h"

typedef struct {
    bool known;
    int64_t value;
    const char *remark; /* after the number, "" when none */
} chart_value;

enum { CHART_SERIES_MOST = 2 };

typedef struct {
    const char *name;
    unsigned color;
    const chart_value *values; /* one per label */
} chart_series;

typedef struct {
    const char *title;
    const char *const *labels;
    size_t label_count;
    chart_series series[CHART_SERIES_MOST];
    size_t series_count;
} bar_chart;

/* Draws the chart across the document's width, on the next page if it does not fit. */
status chart_draw(document *d, const bar_chart *chart, length height, fault *f);

/* Numbers of rows × columns in cells of one colour, the darker the larger. */
typedef struct {
    const char *title;
    const char *const *rows, *const *columns;
    size_t row_count, column_count;
    const chart_value *values; /* row after row */
} heat_map;

/* Rows go over to the next page with the columns' names above them again. */
status heat_map_draw(document *d, const heat_map *map, fault *f);

#endif
