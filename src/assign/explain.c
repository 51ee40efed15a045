/* One sentence for a draw that cannot be made: which rule, how many readings short, and the smallest
 * change that would make it possible. */
#include "deal.h"

#include <string.h>

enum { NAMES_SHOWN = 12 };

static const char *entry_name(const deal_index *x, const entry_run *run)
{
    return x->p->entries[x->entry_at[x->by_class[run->first]]].id;
}

/* Judges who may read the class, and how many different units they are (each without unit counts). */
static void count_able(const deal_index *x, const uint32_t *deck, size_t c, int64_t *judges,
                       int64_t *units)
{
    uint32_t last = NO_JUDGE;
    *judges = *units = 0;
    for (size_t i = 0; i < x->judges; i++) {
        uint32_t j = deck[i];
        if (!index_may(x, c, j))
            continue;
        ++*judges;
        *units += last == NO_JUDGE || !index_same_unit(x, last, j);
        last = j;
    }
}

/* Entries that alone have too few judges, or too few units of judges. */
typedef struct {
    int64_t entries;
    size_t worst; /* class */
    int64_t judges, units, need;
    int64_t possible; /* readings that every entry could have */
} shortage;

static shortage find_shortage(const deal_index *x, const uint32_t *deck, same_unit_rule rule)
{
    shortage s = {.possible = DEAL_PER_ENTRY_MOST};
    for (size_t c = 0; c < x->classes; c++) {
        int64_t judges, units, need = x->class[c].need;
        count_able(x, deck, c, &judges, &units);
        int64_t have = rule == SAME_UNIT_NEVER ? units : judges;
        int64_t kept = (int64_t)index_kept(x, x->by_class[x->class[c].first]);
        s.possible = have + kept < s.possible ? have + kept : s.possible;
        if (have >= need)
            continue;
        int64_t worst = rule == SAME_UNIT_NEVER ? s.units : s.judges;
        if (!s.entries || need - have > s.need - worst) {
            s.worst = c;
            s.judges = judges;
            s.units = units;
            s.need = need;
        }
        s.entries += (int64_t)x->class[c].count;
    }
    return s;
}

static status explain_shortage(const deal_index *x, shortage s, fault *f)
{
    const char *name = entry_name(x, &x->class[s.worst]);
    long long all = (long long)s.entries, need = (long long)s.need, have = (long long)s.judges;
    long long possible = (long long)s.possible;
    if (s.judges < s.need)
        return FAIL(
            f, E_CONFLICT,
            "%lld bài không đủ giám khảo, ví dụ bài %s: cần thêm %lld người chấm mà chỉ có %lld "
            "người không vướng đơn vị, thể loại, tiểu ban, ngôn ngữ hay khai báo (thiếu %lld); "
            "cách sửa nhỏ "
            "nhất: thêm %lld giám khảo không vướng, hoặc chỉ lấy %lld người chấm mỗi bài",
            "%lld entries have too few judges, e.g. entry %s: it needs %lld more judges and only "
            "%lld are free of unit, track, panel, language and declared conflicts (%lld short); "
            "the "
            "smallest change: %lld more judges who are free, or only %lld judges per entry",
            all, name, need, have, need - have, need - have, possible);
    return FAIL(
        f, E_CONFLICT,
        "%lld bài không đủ giám khảo khác đơn vị, ví dụ bài %s: cần %lld người mà %lld người "
        "chấm được chỉ thuộc %lld đơn vị (thiếu %lld); cách sửa nhỏ nhất: thêm %lld giám khảo đơn "
        "vị khác, hoặc chỉ lấy %lld người chấm mỗi bài, hoặc cho phép cùng đơn vị khi không còn "
        "cách nào (--same-unit avoid)",
        "%lld entries have too few judges of different units, e.g. entry %s: it needs %lld "
        "and the %lld judges who may read it are of only %lld units (%lld short); the smallest "
        "change: %lld more judges of other units, or only %lld judges per entry, or one unit "
        "twice where nothing else is left (--same-unit avoid)",
        all, name, need, have, (long long)s.units, need - (long long)s.units,
        need - (long long)s.units, possible);
}

/* ---- caps ---- */

/* The source's side of the smallest cut: entries whose readings do not fit, and the judges they fill. */
typedef struct {
    int64_t entries, readings;
    size_t example; /* row */
} crowd;

static crowd find_crowd(const network *n)
{
    crowd c = {0};
    uint32_t first_row = (uint32_t)(NODE_JUDGES + n->x->judges);
    for (uint32_t r = 0; r < n->rows->count; r++) {
        const entry_run *row = &n->rows->row[r];
        if (!flow_reached(&n->g, first_row + r))
            continue;
        c.example = c.entries ? c.example : r;
        c.entries += (int64_t)row->count;
        c.readings += row->need * (int64_t)row->count;
    }
    return c;
}

/* Raises caps evenly until all readings fit. Each path that is added ends in one raised cap, so their
 * sum is exactly what was lacking, and no smaller sum would do. */
static status raise_caps(arena *mem, network *n, int64_t *raised, fault *f)
{
    const deal_index *x = n->x;
    int64_t *before = ARENA_ARRAY(mem, int64_t, x->judges);
    if (!before)
        return fault_memory(f);
    for (size_t j = 0; j < x->judges; j++)
        before[j] = network_flow(n, n->level_arc[j]);
    for (int64_t room = 0; n->found < n->wanted && room <= n->wanted;) {
        room += (n->wanted - n->found) / (int64_t)x->judges + 1;
        for (size_t j = 0; j < x->judges; j++)
            n->g.room[n->level_arc[j]] = before[j] + room - network_flow(n, n->level_arc[j]);
        n->found += flow_run(&n->g, NODE_SOURCE, NODE_SINK);
    }
    for (size_t j = 0; j < x->judges; j++)
        raised[j] = network_flow(n, n->level_arc[j]) - before[j];
    return OK;
}

/* "J1 +3, J7 +2" */
static const char *list_raised(arena *mem, const deal_index *x, const int64_t *raised)
{
    const char *names = "";
    int shown = 0;
    for (size_t j = 0; names && j < x->judges; j++) {
        if (!raised[j])
            continue;
        if (shown++ == NAMES_SHOWN)
            return arena_format(mem, "%s…", names);
        names = arena_format(mem, "%s%s%s +%lld", names, *names ? ", " : "",
                             x->p->judges[x->judge_at[j]].id, (long long)raised[j]);
    }
    return names;
}

/* `n` is full up to the caps, by the rules without the share when that must go too. */
static status explain_caps(arena *mem, network *n, network_rules rules, fault *f)
{
    const deal_index *x = n->x;
    crowd c = find_crowd(n);
    const char *example = entry_name(x, &n->rows->row[c.example]);
    long long lack = (long long)(n->wanted - n->found);
    int64_t *raised = ARENA_ARRAY(mem, int64_t, x->judges);
    if (!raised)
        return fault_memory(f);
    TRY(raise_caps(mem, n, raised, f));
    const char *names = list_raised(mem, x, raised);
    if (!names)
        return fault_memory(f);
    if (n->rows->share && !(rules & RULE_SHARE))
        return FAIL(
            f, E_CONFLICT,
            "cả tỷ lệ tối đa cho một giám khảo (--cap) lẫn hạn mức đều quá thấp: %lld bài (ví "
            "dụ %s) cần %lld lượt chấm, bỏ --cap rồi vẫn thiếu %lld lượt; cách sửa nhỏ nhất: "
            "bỏ --cap và nâng hạn mức của %s (tổng %lld)",
            "both the largest share for one judge (--cap) and the judges' caps are too low: "
            "%lld entries (e.g. %s) need %lld readings, and without --cap they are still "
            "%lld readings short; the smallest change: no --cap, and raise the caps of %s "
            "(%lld in all)",
            (long long)c.entries, example, (long long)c.readings, lack, names, lack);
    return FAIL(
        f, E_CONFLICT,
        "hạn mức của giám khảo quá thấp: %lld bài (ví dụ %s) cần %lld lượt chấm, những người "
        "chấm được còn thiếu %lld lượt; cách sửa nhỏ nhất: nâng hạn mức của %s (tổng %lld), "
        "hoặc thêm giám khảo nhận ngần ấy lượt",
        "the judges' caps are too low: %lld entries (e.g. %s) need %lld readings, and those "
        "who may read them are %lld readings short; the smallest change: raise the caps of "
        "%s (%lld in all), or add judges for as many readings",
        (long long)c.entries, example, (long long)c.readings, lack, names, lack);
}

/* ---- the largest share ---- */

static status fill(arena *mem, const deal_rows *rows, const uint32_t *deck, network_rules rules,
                   network *n, fault *f)
{
    if (rows->x->p->same_unit == SAME_UNIT_AVOID)
        rules &= ~(unsigned)RULE_UNIT;
    TRY(network_build(mem, rows, deck, rules, NULL, n, f));
    network_fill(n);
    return OK;
}

/* The smallest share that leaves no reading without a judge; the whole does. */
static status explain_share(arena *mem, const deal_rows *coarse, const deal_rows *rows,
                            const uint32_t *deck, fault *f)
{
    int64_t low = rows->x->p->share, high = DEAL_SHARE_WHOLE;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        deal_rows wider, tried = *rows;
        network n;
        TRY(rows_with_share(mem, coarse, middle, &wider, f));
        tried.share = wider.share;
        TRY(fill(mem, &tried, deck, RULES_ALL, &n, f));
        if (n.found < n.wanted)
            low = middle;
        else
            high = middle;
    }
    return FAIL(f, E_CONFLICT,
                "tỷ lệ tối đa cho một giám khảo (--cap) quá thấp so với các trường hợp phải tránh; "
                "cách sửa nhỏ nhất: --cap %lld.%04lld",
                "the largest share for one judge (--cap) is too small for the conflicts there are; "
                "the smallest change: --cap %lld.%04lld",
                (long long)(high / DEAL_SHARE_WHOLE), (long long)(high % DEAL_SHARE_WHOLE));
}

status deal_explain(arena *mem, const deal_rows *rows, const uint32_t *deck, fault *f)
{
    const deal_index *x = rows->x;
    deal_rows coarse, fine;
    network n;
    shortage s = find_shortage(x, deck, x->p->same_unit);
    if (s.entries)
        return explain_shortage(x, s, f);
    TRY(rows_coarse(mem, x, &coarse, f));
    if (rows_fine(mem, x, &coarse, &fine, NULL) != OK)
        fine = *rows;
    if (fine.share) {
        TRY(fill(mem, &fine, deck, RULE_UNIT, &n, f));
        if (n.found == n.wanted)
            return explain_share(mem, &coarse, &fine, deck, f);
    }
    for (int i = 0; i < 2; i++) { /* caps alone; if that does not do, without the share too */
        network_rules rules = i ? RULE_UNIT : RULES_ALL;
        network raised;
        TRY(fill(mem, &fine, deck, rules, &n, f));
        TRY(fill(mem, &fine, deck, rules, &raised, f));
        for (size_t j = 0; j < x->judges; j++)
            raised.g.room[raised.level_arc[j]] = raised.wanted;
        raised.found += flow_run(&raised.g, NODE_SOURCE, NODE_SINK);
        if (raised.found == raised.wanted)
            return explain_caps(mem, &n, rules, f);
    }
    return FAIL(f, E_SYSTEM, "không tìm được lý do không phân công được",
                "no reason was found why the draw cannot be made");
}
