/* One sentence for a draw that cannot be made: which rule, how many readings short, what would do. */
#include "deal.h"

#include <string.h>

enum { NAMES_SHOWN = 6 };

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
} shortage;

static shortage find_shortage(const deal_index *x, const uint32_t *deck, same_unit_rule rule)
{
    shortage s = {0};
    for (size_t c = 0; c < x->classes; c++) {
        int64_t judges, units, need = x->class[c].need;
        count_able(x, deck, c, &judges, &units);
        int64_t have = rule == SAME_UNIT_NEVER ? units : judges;
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
    if (s.judges < s.need)
        return FAIL(
            f, E_CONFLICT,
            "%lld bài không đủ giám khảo, ví dụ bài %s: cần thêm %lld người chấm mà chỉ có %lld "
            "người không vướng đơn vị, thể loại, ngôn ngữ hay khai báo (thiếu %lld); hãy thêm giám "
            "khảo hoặc giảm số người chấm mỗi bài",
            "%lld entries have too few judges, e.g. entry %s: it needs %lld more judges and only "
            "%lld are free of unit, track, language and declared conflicts (%lld short); add "
            "judges or lower the number of judges per entry",
            all, name, need, have, need - have);
    return FAIL(
        f, E_CONFLICT,
        "%lld bài không đủ giám khảo khác đơn vị, ví dụ bài %s: cần %lld người mà %lld người "
        "chấm được chỉ thuộc %lld đơn vị (thiếu %lld); hãy thêm giám khảo đơn vị khác, hoặc "
        "cho phép cùng đơn vị khi không còn cách nào (--same-unit avoid)",
        "%lld entries have too few judges of different units, e.g. entry %s: it needs %lld "
        "and the %lld judges who may read it are of only %lld units (%lld short); add "
        "judges of other units, or allow one unit twice where nothing else is left "
        "(--same-unit avoid)",
        all, name, need, have, (long long)s.units, need - (long long)s.units);
}

/* The source's side of the smallest cut: entries whose readings do not fit, and the judges they fill
 * to their caps. */
static status explain_cut(arena *mem, const network *n, fault *f)
{
    const deal_index *x = n->x;
    int64_t entries = 0, room = 0, judges = 0, readings = 0;
    size_t example = 0;
    uint32_t first_row = (uint32_t)(NODE_JUDGES + x->judges);
    for (uint32_t r = 0; r < n->rows->count; r++) {
        const entry_run *row = &n->rows->row[r];
        if (!row->need || !flow_reached(&n->g, first_row + r))
            continue;
        example = entries ? example : r;
        entries += (int64_t)row->count;
        readings += row->need * (int64_t)row->count;
    }
    const char *names = "";
    for (uint32_t j = 0; j < x->judges; j++) {
        if (!flow_reached(&n->g, NODE_JUDGES + j))
            continue;
        room += x->cap[j] - x->held[j];
        if (judges++ < NAMES_SHOWN)
            names = arena_format(mem, "%s%s%s", names, *names ? ", " : "",
                                 x->p->judges[x->judge_at[j]].id);
        if (!names)
            return fault_memory(f);
    }
    if (judges > NAMES_SHOWN)
        names = arena_format(mem, "%s…", names);
    if (!names)
        return fault_memory(f);
    int64_t lack = n->wanted - n->found, elsewhere = readings - room - lack;
    return FAIL(
        f, E_CONFLICT,
        "%lld bài (ví dụ %s) cần %lld lượt chấm, nhưng %lld giám khảo chấm được (%s) chỉ còn "
        "nhận %lld lượt theo hạn mức, người khác nhận được %lld: thiếu %lld lượt; hãy nâng "
        "hạn mức của họ thêm ít nhất chừng ấy hoặc thêm giám khảo",
        "%lld entries (e.g. %s) need %lld readings, but the %lld judges who may read them "
        "(%s) can take only %lld more by their caps, and others %lld: %lld readings short; "
        "raise their caps by at least that or add judges",
        (long long)entries, entry_name(x, &n->rows->row[example]), (long long)readings,
        (long long)judges, names, (long long)room, (long long)elsewhere, (long long)lack);
}

status deal_explain(arena *mem, const deal_rows *rows, const uint32_t *deck, fault *f)
{
    const deal_index *x = rows->x;
    network n;
    shortage s = find_shortage(x, deck, x->p->same_unit);
    if (s.entries)
        return explain_shortage(x, s, f);
    network_rules rule = x->p->same_unit == SAME_UNIT_NEVER ? RULE_UNIT : 0;
    TRY(network_build(mem, rows, deck, rule, NULL, &n, f));
    network_fill(&n);
    if (n.found == n.wanted)
        return FAIL(f, E_CONFLICT,
                    "tỷ lệ tối đa cho một giám khảo (--cap) quá thấp so với các trường hợp phải "
                    "tránh; bỏ --cap thì phân công được, hãy nâng tỷ lệ lên",
                    "the largest share for one judge (--cap) is too small for the conflicts there "
                    "are; without --cap there is a plan, so raise it");
    return explain_cut(mem, &n, f);
}
