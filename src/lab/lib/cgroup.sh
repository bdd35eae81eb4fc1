# shellcheck shell=bash
# Every process of the lab enters a cgroup of the lab before it runs its program. The lab can therefore find and kill it without
# guessing by name, even if its parent is gone.

cgroup_is_unified() {
  [[ -e /sys/fs/cgroup/cgroup.controllers ]]
}

# The mount points of all hierarchies (one on cgroup v2).
cgroup_hierarchies() {
  awk '{ for (i = 7; i <= NF; i++) if ($i == "-") { if ($(i + 1) ~ /^cgroup2?$/) print $5; next } }' /proc/self/mountinfo | sort -u
}

# Moves the calling (sub)shell into the given cgroup of the lab.
# On v2 only leaves contain processes, and a node has more cgroups below its own, so this adds a leaf.
cgroup_enter() {
  local hierarchy cgroup leaf=""
  ! cgroup_is_unified || leaf=/launcher
  while read -r hierarchy; do
    for cgroup in "$hierarchy/$LAB_NAME" "$hierarchy/$LAB_NAME/$1" "$hierarchy/$LAB_NAME/$1$leaf"; do
      mkdir -p "$cgroup"
      cgroup_inherit_cpuset "$cgroup"
    done
    echo "$BASHPID" > "$cgroup/cgroup.procs"
  done < <(cgroup_hierarchies)
}

# A v1 cpuset starts empty and accepts no process until it is set.
cgroup_inherit_cpuset() {
  local file
  for file in cpuset.cpus cpuset.mems; do
    [[ -e "$1/$file" && ! -e "$1/cgroup.controllers" ]] || continue
    [[ -n "$(< "$1/$file")" ]] || cat "$(dirname "$1")/$file" > "$1/$file"
  done
}

# The process IDs below the given cgroup of the lab, or below all of them.
cgroup_processes() {
  local hierarchy
  while read -r hierarchy; do
    [[ -d "$hierarchy/$LAB_NAME${1:+/$1}" ]] || continue
    find "$hierarchy/$LAB_NAME${1:+/$1}" -name cgroup.procs -exec cat {} + 2> /dev/null || true
  done < <(cgroup_hierarchies) | sort -un
}

cgroup_directories() {
  local hierarchy
  while read -r hierarchy; do
    [[ -d "$hierarchy/$LAB_NAME${1:+/$1}" ]] || continue
    find "$hierarchy/$LAB_NAME${1:+/$1}" -depth -type d 2> /dev/null || true
  done < <(cgroup_hierarchies)
}

# Kills all processes below the cgroup, removes it, and waits until both are gone.
cgroup_destroy() {
  local deadline=$((SECONDS + 60)) processes
  while mapfile -t processes < <(cgroup_processes "${1:-}") && ((${#processes[@]})); do
    ((SECONDS < deadline)) || fail "processes ${processes[*]} did not exit after SIGKILL; inspect them with: ps -fp ${processes[*]// /,}"
    kill -KILL "${processes[@]}" 2> /dev/null || true
    sleep 0.05
  done
  local directories directory
  mapfile -t directories < <(cgroup_directories "${1:-}")
  for directory in "${directories[@]}"; do
    # The kernel may still count a dead process for a moment.
    until rmdir "$directory" 2> /dev/null || [[ ! -d "$directory" ]]; do
      ((SECONDS < deadline)) || fail "cannot remove the cgroup $directory"
      sleep 0.05
    done
  done
}
