# shellcheck shell=bash
# A node with a real systemd: systemd-nspawn on an overlay of the Debian root file system. Its kube-apiserver is a service.

node_has_systemd() {
  [[ -e "$(node_dir "$1")/systemd" ]]
}

node_has_kubelet() {
  ! node_has_systemd "$1" || [[ -e "$(node_dir "$1")/kubelet" ]]
}

# Debian and the binaries are layers of the nodes below their own, so a node can replace any file. Binaries are hard links: three
# nodes share one page cache.
systemd_write_layers() {
  local directory="$STATE_DIR/binaries/usr/local/bin" binary
  # Later commands can have other settings.
  ln -s "$(debian_dir)" "$STATE_DIR/debian"
  mkdir -p "$directory"
  for binary in "${KUBERNETES_BINARIES[@]}" "${ETCD_BINARIES[@]}"; do
    cp -lL "$BIN_DIR/$binary" "$directory/" 2> /dev/null || cp -L --reflink=auto "$BIN_DIR/$binary" "$directory/"
  done
}

systemd_create_disk() {
  local node="$1" directory upper
  directory="$(node_dir "$node")"
  upper="$directory/upper"
  mkdir -p "$directory"/{work,root,disk/kubelet} "$upper"/{etc/kubernetes,root,var/lib/{etcd,kube-proxy}}
  chmod 700 "$upper"/{root,var/lib/etcd}
  tr -d - < /proc/sys/kernel/random/uuid > "$upper/etc/machine-id"
  echo "$node" > "$upper/etc/hostname"
  node_hosts > "$upper/etc/hosts"
  : > "$upper/etc/resolv.conf"
  ! node_has_kubelet "$node" || images_copy_to "$IMAGES_DIR" "$directory/disk/containerd"
}

# Starts systemd-nspawn and returns immediately.
systemd_boot() {
  local node="$1" directory
  directory="$(node_dir "$node")"
  rm -f "$directory/supervisor"
  (
    cgroup_enter "$node"
    exec setsid nsenter --net="/run/netns/$(node_netns "$node")" unshare --mount --propagation private \
      env -i PATH="$PATH" LAB_NAME="$LAB_NAME" NODE="$node" NODE_DIR="$directory" LOWER="$STATE_DIR/binaries:$STATE_DIR/debian" \
      bash "$LAB_HOME/node/boot-systemd.sh" < /dev/null >> "$directory/console.log" 2>&1 9>&-
  ) &
}

# Waits until D-Bus listens, and records the init of the node.
systemd_await() {
  local node="$1" directory deadline=$((SECONDS + 60)) process
  directory="$(node_dir "$node")"
  until process="$(systemd_init "$node")" && [[ -S "/proc/$process/root/run/dbus/system_bus_socket" ]]; do
    if ((SECONDS > deadline)); then
      show_log "$directory/console.log"
      fail "$node did not start its systemd within 60 s"
    fi
    sleep 0.05
  done
  echo "$process $(process_start_time "$process")" > "$directory/.pid"
  mv -T "$directory/.pid" "$directory/pid"
}

# Prints the process ID, on this machine, of the child of systemd-nspawn that is process 1 in its own namespace.
systemd_init() {
  local supervisor process
  supervisor="$(cat "$(node_dir "$1")/supervisor" 2> /dev/null)" || return 1
  for process in $(ps --no-headers -o pid --ppid "$supervisor"); do
    grep -qsE '^NSpid:.*[[:space:]]1$' "/proc/$process/status" && echo "$process" && return 0
  done
  return 1
}

# Installs another kube-apiserver, as a package upgrade does, and starts to restart the service.
systemd_use_api_server() {
  local node="$1"
  # shellcheck disable=SC2016 # the shell on the node expands it
  node_exec "$node" sh -c 'file=/usr/local/bin/kube-apiserver
    cat > $file.new && chmod 755 $file.new && mv $file.new $file && systemctl --no-block restart kube-apiserver' < "$2"
}
