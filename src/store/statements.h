/* Every SQL statement of the program: X(NAME, who may run it, "text"). No include guard: it is
 * included wherever the table is needed with another X. */
/* clang-format off */
#include "store/statement/audit.h"
#include "store/statement/account.h"
#include "store/statement/contest.h"
#include "store/statement/intake.h"
#include "store/statement/check.h"
#include "store/statement/similarity.h"
#include "store/statement/anonymity.h"
#include "store/statement/assign.h"
#include "store/statement/score.h"
#include "store/statement/award.h"
#include "store/statement/report.h"
#include "store/statement/web.h"
#include "store/statement/doctor.h"
