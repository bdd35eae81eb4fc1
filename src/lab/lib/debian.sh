# shellcheck shell=bash
# The root file system of nodes with systemd: a minimal Debian that debootstrap makes once. The cache keeps it.

# The last line is for a node with a kubelet.
readonly DEBIAN_PACKAGES=(
  systemd systemd-sysv dbus ca-certificates curl iproute2 openssl procps
  conntrack containerd containernetworking-plugins ethtool iptables runc socat
)

# The name contains the release and a hash of the other inputs.
debian_dir() {
  printf '%s\n' "format 1" "$(uname -m)" "${DEBIAN_PACKAGES[@]}" | sha256sum | cut -c1-16 | sed "s|^|$CACHE_DIR/debian/$LAB_DEBIAN-|"
}

debian_prepare() {
  local directory began
  directory="$(debian_dir)"
  [[ ! -e "$directory" ]] || return 0
  began="$(now_ms)"
  mkdir -p "$CACHE_DIR/debian"
  (
    flock 8
    [[ ! -e "$directory" ]] || exit 0
    # Remains of interrupted runs.
    rm -rf --one-file-system "$CACHE_DIR/debian/".part.*
    debian_make "$(mktemp -d "$CACHE_DIR/debian/.part.XXXXXX")" "$directory"
  ) 8> "$CACHE_DIR/debian/.lock"
  step "made the root file system of Debian $LAB_DEBIAN ($(seconds_since "$began") s)"
}

# The mounts of debootstrap are in a namespace that ends with it.
debian_make() {
  local partial="$1" target="$2"
  # Of an interrupted run.
  cgroup_destroy debian
  (
    cgroup_enter debian
    exec unshare --mount --pid --fork --kill-child --mount-proc --propagation private \
      bash "$LAB_HOME/node/make-debian.sh" "$partial" "$LAB_DEBIAN" "$LAB_DEBIAN_MIRROR" "$(IFS=,; echo "${DEBIAN_PACKAGES[*]}")" \
      > "$CACHE_DIR/debian/make.log" 2>&1 < /dev/null 8>&-
  ) || {
    cgroup_destroy debian
    rm -rf "$partial"
    show_log "$CACHE_DIR/debian/make.log"
    fail "debootstrap could not make Debian $LAB_DEBIAN from $LAB_DEBIAN_MIRROR; full log: $CACHE_DIR/debian/make.log"
  }
  cgroup_destroy debian
  mv -T "$partial" "$target"
}
