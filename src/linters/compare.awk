# Compares the answers (SOURCE LINTER CHECK OBJECT REASON) with the findings (SOURCE LINTER CHECK OBJECT MESSAGE, separated by tabs).
FILENAME == ARGV[1] {
  if ($0 == "" || $0 ~ /^#/) next
  if (NF < 5) { printf "answers.txt:%d: no reason\n", FNR; bad = 1 }
  key = $2 " " $3 " " $4
  place[key, $1] = FNR
  next
}

{
  split($0, field, "\t")
  key = field[2] " " field[3] " " field[4]
  kind = field[1] == "chart" ? "chart" : "deploy"
  found++
  if ((key, "all") in place) used[place[key, "all"]] = 1
  else if ((key, kind) in place) used[place[key, kind]] = 1
  else { printf "no answer: %s: %s: %s\n", field[1], key, field[5]; bad = 1 }
}

END {
  for (each in place) {
    answers++
    if (!(place[each] in used)) { printf "answers.txt:%d: nothing is found that this answers\n", place[each]; bad = 1 }
  }
  printf "%d findings in %d sources, %d answers\n", found, sources, answers
  exit bad
}
