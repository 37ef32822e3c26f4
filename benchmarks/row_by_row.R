# Stand-in peer of `make bench-measures`: what suddengains and clinicalsignificance compute, in base R, a client at a time.
# Usage: Rscript row_by_row.R SCORES.csv; prints processor seconds for all clients, of sudden gains and of reliable change.

scores <- as.matrix(read.csv(commandArgs(TRUE)[1], header = FALSE))

sudden_gains <- function(row) {
  last <- length(row)
  found <- rep(NA, last - 3)
  for (after in 3:(last - 1)) {
    drop <- row[after - 1] - row[after]
    half <- list(row[max(1, after - 3):(after - 1)], row[after:min(last, after + 2)])
    half <- lapply(half, function(part) part[!is.na(part)])
    n <- lengths(half)
    stable <- NA
    if (min(n) >= 2) {
      pooled <- sqrt(sum((n - 1) * sapply(half, var)) / (sum(n) - 2))
      stable <- mean(half[[1]]) - mean(half[[2]]) > abs(qt(.025, sum(n) - 2)) * pooled
    }
    found[after - 2] <- (drop >= 7) * (drop >= .25 * row[after - 1]) * stable
  }
  found
}

reliable_change <- function(pre, post, error) {
  index <- (post - pre) / error
  if (is.na(index)) NA else if (index < -1.96) "improved" else if (index > 1.96) "deteriorated" else "unchanged"
}

gains <- system.time(for (client in seq_len(nrow(scores))) sudden_gains(scores[client, ]))
error <- sd(scores[, 1], na.rm = TRUE) * sqrt(2 * (1 - .8))
change <- system.time(for (client in seq_len(nrow(scores))) {
  reliable_change(scores[client, 1], scores[client, ncol(scores)], error)
})
worked <- function(clock) clock[["user.self"]] + clock[["sys.self"]]
cat(worked(gains), worked(change), "\n")
