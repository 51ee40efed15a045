# chamthi's score statistics against R: random unbalanced designs, least squares (lm), restricted likelihood
# (lme4), intraclass correlations (psych), Kendall's W (friedman.test).   compare.R PROGRAM DESIGNS
suppressMessages({library(lme4); library(psych)})
args <- commandArgs(TRUE)
program <- args[1]
designs <- as.integer(args[2])
set.seed(20260901)
worst <- c(ls = 0, ls_judges = 0, reml = 0, blup = 0, icc = 0, icc_bound = 0, w = 0)
folder <- tempfile("chamthi-r-"); dir.create(folder)
file <- file.path(folder, "points.csv")

run <- function(...) {
  text <- suppressWarnings(system2(program, c("--format", "json", "--lang", "en", ...), stdout = TRUE, stderr = FALSE))
  jsonlite_free(paste(text, collapse = "\n"))
}
# A reader for the JSON that chamthi writes, so that no further package is needed.
jsonlite_free <- function(text) {
  text <- gsub("([:,\\[{])\\s*null", "\\1NA", text)
  text <- gsub("true", "TRUE", text); text <- gsub("false", "FALSE", text)
  text <- gsub("[\n\r]", " ", text)
  pieces <- regmatches(text, gregexpr('"(\\\\.|[^"\\\\])*"|[^"]+', text, perl = TRUE))[[1]]
  code <- ifelse(startsWith(pieces, '"'), pieces,
    gsub("]", ")", gsub("[", "list(", gsub("}", ")", gsub("{", "list(", gsub(":", "=", pieces), fixed = TRUE),
      fixed = TRUE), fixed = TRUE), fixed = TRUE))
  eval(parse(text = paste(code, collapse = "")))
}
column <- function(rows, name) vapply(rows, function(r) as.numeric(r[[name]]), 0)
names_of <- function(rows, name) vapply(rows, function(r) as.character(r[[name]]), "")
note <- function(what, got, wanted) {
  worst[[what]] <<- max(worst[[what]], max(abs(got - wanted) / pmax(1, abs(wanted))))
}

for (d in seq_len(designs)) {
  entries <- sample(12:60, 1); judges <- sample(4:12, 1)
  repeat { # unbalanced: two to four readings, judges with different loads, everything connected
    rows <- do.call(rbind, lapply(seq_len(entries), function(i)
      data.frame(entry = i, judge = sample(judges, sample(2:min(4, judges), 1), prob = rexp(judges) + .2))))
    if (length(unique(rows$judge)) == judges && nrow(rows) > entries + judges + 10) {
      group <- seq_len(judges)
      for (i in seq_len(entries)) { m <- rows$judge[rows$entry == i]; group[group %in% group[m]] <- min(group[m]) }
      if (all(group == group[1])) break
    }
  }
  rows$points <- round(70 + 8 * rnorm(entries)[rows$entry] - 5 * rnorm(judges)[rows$judge] + 4 * rnorm(nrow(rows)), 2)
  rows$entry <- factor(sprintf("e%03d", rows$entry)); rows$judge <- factor(sprintf("j%02d", rows$judge))
  write.csv(rows, file, row.names = FALSE, quote = FALSE)

  fixed <- lm(points ~ 0 + entry + judge, rows, contrasts = list(judge = "contr.sum"))
  k <- coef(fixed)
  level <- k[seq_len(entries)]
  severity <- k[-seq_len(entries)]; severity <- c(severity, -sum(severity))
  got <- run("rank", "fit", file, "--method", "ls")
  order_e <- match(levels(rows$entry), names_of(got$entries, "entry"))
  order_j <- match(levels(rows$judge), names_of(got$judges, "judge"))
  note("ls", column(got$entries, "adjusted")[order_e], level)
  note("ls_judges", column(got$judges, "severity")[order_j], severity)

  mixed <- suppressMessages(lmer(points ~ 1 + (1 | entry) + (1 | judge), rows, REML = TRUE,
    control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 2e-1, rhoend = 1e-10, maxfun = 1e5))))
  got <- run("rank", "fit", file, "--method", "eb")
  v <- as.data.frame(VarCorr(mixed))
  wanted <- c(v$vcov[v$grp == "entry"], v$vcov[v$grp == "judge"], v$vcov[v$grp == "Residual"], REMLcrit(mixed))
  note("reml", c(got$variance$entry, got$variance$judge, got$variance$residual, got$criterion), wanted)
  order_e <- match(levels(rows$entry), names_of(got$entries, "entry"))
  order_j <- match(levels(rows$judge), names_of(got$judges, "judge"))
  note("blup", column(got$entries, "adjusted")[order_e], fixef(mixed) + ranef(mixed)$entry[levels(rows$entry), 1])
  note("blup", column(got$judges, "severity")[order_j], ranef(mixed)$judge[levels(rows$judge), 1])

  n <- sample(6:25, 1); m <- sample(3:7, 1) # a complete table for the textbook coefficients, with ties
  table <- matrix(round(14 + 2 * rnorm(n) + rep(rnorm(m), each = n) + rnorm(n * m)) / 2, n, m)
  write.csv(data.frame(entry = sprintf("e%03d", row(table)), judge = sprintf("j%02d", col(table)), points = c(table)),
    file, row.names = FALSE, quote = FALSE)
  got <- run("rank", "agreement", file)
  icc <- suppressMessages(suppressWarnings(ICC(table, lmer = FALSE)))$results
  keys <- c("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
  part <- function(name) vapply(keys, function(key) as.numeric(got$icc[[key]][[name]]), 0)
  note("icc", part("value"), icc$ICC)
  note("icc_bound", c(part("low"), part("high")), c(icc[["lower bound"]], icc[["upper bound"]]))
  chi <- friedman.test(t(apply(t(table), 1, rank)))$statistic
  note("w", got$kendall$chi_square, as.numeric(chi))
}
limits <- c(ls = 1e-9, ls_judges = 1e-9, reml = 1e-6, blup = 1e-6, icc = 1e-9, icc_bound = 1e-6, w = 1e-9)
cat(sprintf("1..%d\n", length(worst)))
for (i in seq_along(worst))
  cat(sprintf("%s %d - %s: within %.0e of R on %d designs (worst %.1e)\n",
    if (worst[[i]] <= limits[[i]]) "ok" else "not ok", i, names(worst)[i], limits[[i]], designs, worst[[i]]))
unlink(folder, recursive = TRUE)
quit(status = as.integer(any(worst > limits)))
