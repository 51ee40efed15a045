# The same model by lme4: CPU seconds and peak memory of reading the file and fitting.   peer.R FILE.csv
suppressMessages(library(lme4))
d <- read.csv(commandArgs(TRUE)[1])
m <- suppressMessages(lmer(points ~ 1 + (1 | entry) + (1 | judge), d))
v <- as.data.frame(VarCorr(m))
cat(sprintf("entry %.6f judge %.6f residual %.6f\n", v$vcov[v$grp == "entry"], v$vcov[v$grp == "judge"], v$vcov[v$grp == "Residual"]))
