# shellcheck shell=bash
# Starts and removes the lab, and lists its remains.

lab_nodes() {
  local directory
  for directory in "$STATE_DIR"/nodes/cp*; do [[ ! -d "$directory" ]] || basename "$directory"; done
}

lab_nodes_with_kubelet() {
  local node
  for node in $(lab_nodes); do ! node_has_kubelet "$node" || echo "$node"; done
}

lab_is_up() {
  [[ -s "$STATE_DIR/complete" ]]
}

# Commands use the settings that the lab was created with, not those in the environment.
lab_require_up() {
  local key value
  lab_is_up || fail "the lab is not running; start it with: lab up"
  while IFS='=' read -r key value; do
    case "$key" in
      version) LAB_VERSION="$value" ;;
      network) LAB_NETWORK="$value" ;;
      bin_dir) BIN_DIR="$value" ;;
      images) IMAGES_DIR="$CACHE_DIR/images/$value" ;;
    esac
  done < "$STATE_DIR/complete"
}

lab_require_node() {
  lab_require_up
  node_require "$1"
}

lab_require_root() {
  ((EUID == 0)) || fail "creating namespaces and mounts requires root: run it with sudo"
}

# Only one command at a time changes the lab. Background processes close the lock file (9>&-).
lab_lock() {
  mkdir -p "$(dirname "$LOCK_FILE")"
  exec 9> "$LOCK_FILE"
  flock --nonblock 9 || { step "waiting for another lab command to finish"; flock 9; }
}

# lab_fingerprint COUNT SYSTEMD KUBELET: all inputs of a lab. If the fingerprint differs, the lab is replaced.
lab_fingerprint() {
  printf '%s=%s\n' nodes "$1" systemd "$2" kubelet "$3" version "$LAB_VERSION" network "$LAB_NETWORK" bin_dir "$BIN_DIR" \
    images "$(basename "$IMAGES_DIR")" debian "$(basename "$(debian_dir)")"
  (cd "$LAB_HOME" && sha256sum lib/*.sh node/*.sh units/*)
}

lab_up() {
  local count="${NODES:-3}" systemd="" kubelet="" node
  while (($#)); do
    case "$1" in
      --systemd) systemd=all ;;
      --systemd=*) systemd="${1#*=}" ;;
      --kubelet=*) kubelet="${1#*=}" ;;
      *) count="$1" ;;
    esac
    shift
  done
  [[ "$count" == 1 || "$count" == 3 ]] || fail "invalid number of nodes '$count': must be 1 or 3"
  [[ -z "$systemd" || "$systemd" == all || "$systemd" =~ ^cp[2-$count]$ ]] ||
    fail "invalid node '$systemd': one node with systemd among others must be cp2 or cp3, of 3 nodes"
  [[ -z "$kubelet" || "$systemd" == "$kubelet" || "$systemd" == all && "$kubelet" =~ ^cp[1-$count]$ ]] ||
    fail "invalid node '$kubelet': --kubelet adds a kubelet to a node with systemd"
  lab_require_root
  lab_prepare "$systemd" "$kubelet"
  lab_lock
  if lab_is_up && [[ "$(< "$STATE_DIR/complete")" == "$(lab_fingerprint "$count" "$systemd" "$kubelet")" ]] && cluster_is_ready; then
    step "the lab is already running: $(lab_nodes | xargs)"
    return 0
  fi
  lab_clean
  lab_build "$count" "$systemd" "$kubelet"
  lab_fingerprint "$count" "$systemd" "$kubelet" > "$STATE_DIR/.complete"
  mv -T "$STATE_DIR/.complete" "$STATE_DIR/complete"
  step "the lab is running: KUBECONFIG=$KUBECONFIG_FILE"
}

# lab_prepare SYSTEMD KUBELET: fills the caches.
lab_prepare() {
  packages_require "$1"
  binaries_build
  [[ -z "$1" ]] || debian_prepare
  [[ "$1" == all && -z "$2" ]] || images_prepare
  IMAGES_DIR="$(images_dir)"
}

# lab_build COUNT SYSTEMD KUBELET runs in a cgroup of the lab and without the lock, so that the next build kills the remains of an
# interrupted one. SYSTEMD is all, a node or empty; KUBELET a node or empty.
lab_build() (
  cgroup_enter build
  exec 9>&-
  local count="$1" systemd="$2" kubelet="$3" number node
  local -a nodes=() static=()
  mkdir -p "$STATE_DIR/nodes"
  chmod 700 "$STATE_DIR"
  for ((number = 1; number <= count; number++)); do
    node="cp$number"
    nodes+=("$node")
    mkdir "$(node_dir "$node")"
    if [[ "$systemd" == all || "$systemd" == "$node" ]]; then touch "$(node_dir "$node")/systemd"; else static+=("$node"); fi
  done
  [[ -z "$kubelet" ]] || touch "$(node_dir "$kubelet")/kubelet"
  images_name pause > "$STATE_DIR/pause-image"
  network_up
  balancer_start quick "${nodes[@]}"
  if [[ "$systemd" == all ]]; then
    hardway_build "${nodes[@]}"
  else
    cluster_build "${static[@]}"
    [[ -z "$systemd" ]] || hardway_join "$systemd" "${nodes[@]}"
  fi
  cluster_await_ready
  [[ -z "$kubelet" ]] || hardway_adopt_kubelet "$kubelet"
  step "all nodes ready"
)

lab_down() {
  lab_require_root
  lab_lock
  lab_clean
  step "lab removed"
}

# Also works after an interrupted command, because it removes what exists, not what should exist.
lab_clean() {
  [[ -n "$(lab_leftovers)" ]] || return 0
  cgroup_destroy
  network_down
  # A test creates an immutable file.
  rm -rf --one-file-system "$STATE_DIR" 2> /dev/null || {
    chattr -R -f -i "$STATE_DIR"
    rm -rf --one-file-system "$STATE_DIR"
  }
  rmdir "$STATE_ROOT" 2> /dev/null || true
  local left
  left="$(lab_leftovers)"
  [[ -z "$left" ]] || fail "could not remove the lab; remains:"$'\n'"$left"
}

# Prints one line for each process, cgroup, link and so on of this lab.
lab_leftovers() {
  local process file
  cgroup_processes | sed 's/^/process /'
  cgroup_directories | sed 's/^/cgroup /'
  network_namespaces | sed 's/^/network namespace /'
  network_links | sed 's/^/link /'
  for file in /proc/[0-9]*/mountinfo; do
    process="${file#/proc/}"
    process="${process%/mountinfo}"
    # The mounts of a node end with its processes. A process that still sees such a mount keeps it alive.
    if grep -qsF "$STATE_DIR/" "$file"; then echo "mount seen by process $process"; fi
  done
  if command -v iptables-save > /dev/null; then
    iptables-save 2> /dev/null | grep -E -- "(-[io] $LAB_NAME-| $LAB_NETWORK\.)" | sed 's/^/iptables rule /' || true
  fi
  [[ ! -e "$STATE_DIR" ]] || echo "directory $STATE_DIR"
}

lab_check_clean() {
  local left
  left="$(lab_leftovers)"
  [[ -z "$left" ]] || { echo "$left"; exit 1; }
}

# Prints a table, and succeeds only if all nodes are healthy.
lab_status() {
  local node power readyz healthy=0
  lab_require_up
  printf '%-6s %-14s %-6s %-8s\n' NODE ADDRESS POWER READYZ
  for node in $(lab_nodes); do
    power=on readyz=""
    node_first_process "$node" > /dev/null || power=off
    [[ "$power" == off ]] || readyz="$(node_readyz "$node" || true)"
    [[ "$readyz" == ok ]] || { readyz="${readyz:+failing}" healthy=1; }
    printf '%-6s %-14s %-6s %-8s\n' "$node" "$(node_address "$node")" "$power" "${readyz:-none}"
  done
  echo "kubeconfig: $KUBECONFIG_FILE"
  cluster_kubectl --request-timeout=5s get nodes -o wide || healthy=1
  return "$healthy"
}
