# shellcheck shell=bash
# A node consists of network, mount, pid, uts and ipc namespaces, an overlay of this machine's file system, a containerd and a
# kubelet. Its disk is a directory, so it survives the processes of the node. Nodes with systemd are in systemd.sh.

node_require() {
  [[ "$1" =~ ^cp[1-9]$ && -d "$(node_dir "$1")" ]] || fail "unknown node '$1'; nodes of this lab: $(lab_nodes | xargs)"
}

node_create_disk() {
  local node="$1" directory
  directory="$(node_dir "$node")"
  if node_has_systemd "$node"; then
    systemd_create_disk "$node"
    return
  fi
  mkdir -p "$directory"/{upper,work,root,disk/{kubernetes,kubelet,etcd,log,auditpolicy,cni,kube-proxy}}
  chmod 700 "$directory/disk/etcd"
  images_copy_to "$IMAGES_DIR" "$directory/disk/containerd"
  tr -d - < /proc/sys/kernel/random/uuid > "$directory/machine-id"
}

# Starts the first process of the node and returns immediately.
node_boot() {
  local node="$1" directory
  directory="$(node_dir "$node")"
  # shellcheck disable=SC2046 # one word per node
  network_plug_in "$node" $(lab_nodes)
  rm -f "$directory/pid"
  if node_has_systemd "$node"; then
    systemd_boot "$node"
    return
  fi
  (
    cgroup_enter "$node"
    exec setsid nsenter --net="/run/netns/$(node_netns "$node")" \
      unshare --mount --pid --fork --uts --ipc --propagation private \
      env -i PATH="$PATH" LAB_NAME="$LAB_NAME" NODE="$node" NODE_DIR="$directory" NODE_ADDRESS="$(node_address "$node")" \
      POD_NETWORK="$(node_pod_network "$node")" BIN_DIR="$BIN_DIR" CNI_DIR="$(packages_cni_dir)" \
      PAUSE_IMAGE="$(< "$STATE_DIR/pause-image")" HOSTS="$(node_hosts)" LAB_HOME="$LAB_HOME" \
      bash "$LAB_HOME/node/boot.sh" < /dev/null >> "$directory/console.log" 2>&1 9>&-
  ) &
}

node_hosts() {
  local node
  echo "127.0.0.1 localhost"
  for node in $(lab_nodes); do echo "$(node_address "$node") $node"; done
}

# Prints the process ID, on this machine, of the first process of a node. Fails if the process is not running.
# Process IDs are reused, so the start time must match the recorded one too.
node_first_process() {
  local file process started
  file="$(node_dir "$1")/pid"
  [[ -s "$file" ]] || return 1
  read -r process started < "$file"
  [[ "$(process_start_time "$process")" == "$started" ]] || return 1
  echo "$process"
}

# Field 22 of /proc/PID/stat. Field 2 is a name in parentheses that can contain any character.
process_start_time() {
  local stat fields
  stat="$(cat "/proc/$1/stat" 2> /dev/null)" || return 0
  read -ra fields <<< "${stat##*) }"
  echo "${fields[19]}"
}

node_await() {
  local node="$1" deadline=$((SECONDS + 60))
  if node_has_systemd "$node"; then
    systemd_await "$node"
    return
  fi
  until [[ -S "/proc/$(node_first_process "$node" || echo none)/root/run/containerd/containerd.sock" ]]; do
    if ((SECONDS > deadline)); then
      show_log "$(node_dir "$node")/console.log"
      show_log "$(node_dir "$node")/disk/log/containerd.log"
      fail "$node did not start its containerd within 60 s"
    fi
    sleep 0.05
  done
}

# node_exec NODE COMMAND...: runs a command in all namespaces of the node, with its environment and the input and output of the
# caller.
node_exec() {
  local node="$1" process
  shift
  process="$(node_first_process "$node")" || fail "$node is powered off; start it with: lab power-on $node"
  (
    cgroup_enter "$node"
    exec nsenter --target "$process" --mount --uts --ipc --net --pid --cgroup --root --wd \
      env -i PATH="$BIN_DIR:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" HOME=/root USER=root \
      TERM="${TERM:-dumb}" LANG=C.UTF-8 KUBECONFIG=/etc/kubernetes/admin.conf "$@" 9>&-
  )
}

# Like a real power cut: no orderly shutdown, and no more writes to disk.
node_power_cut() {
  local node="$1" process
  if process="$(node_first_process "$node")"; then kill -KILL "$process"; fi
  cgroup_destroy "$node"
  network_unplug "$node"
  rm -f "$(node_dir "$node")/pid"
}

node_power_on() {
  local node="$1"
  ! node_first_process "$node" > /dev/null || return 0
  node_power_cut "$node"
  node_boot "$node"
  node_await "$node"
}

# Another machine in the place of the node, with the same name and address and an empty disk.
node_replace() {
  local node="$1" directory
  directory="$(node_dir "$node")"
  node_power_cut "$node"
  rm -rf --one-file-system "$directory"/{upper,work,root,disk}
  node_create_disk "$node"
  node_power_on "$node"
}

# As the administrator: kube-apiserver may not accept anonymous requests.
node_readyz() {
  curl --cert "$STATE_DIR/admin.pem" --silent --show-error --insecure --noproxy '*' --max-time 3 "https://$(node_address "$1"):6443/readyz"
}

node_import_image() {
  local node="$1" tar="$2"
  node_exec "$node" ctr --namespace k8s.io images import - < "$tar" > /dev/null
}

# Imports the image on all given nodes in parallel.
nodes_import_image() {
  local tar="$1" node job failed=0
  local -a jobs=()
  [[ -r "$tar" ]] || fail "cannot read image archive '$tar'"
  shift
  (($#)) || fail "cannot import $tar: no node of this lab has a kubelet"
  for node in "$@"; do
    node_has_kubelet "$node" || fail "cannot import $tar: $node has no kubelet"
    node_import_image "$node" "$tar" &
    jobs+=("$!")
  done
  for job in "${jobs[@]}"; do wait "$job" || failed=1; done
  ((failed == 0)) || fail "containerd could not import $tar; is it a container image archive?"
}

# Prepares all nodes for an upgrade to another version: its images are on the nodes afterwards. Prints the path of its kubeadm.
nodes_import_version() {
  (
    # shellcheck disable=SC2034 # settings_derive reads it
    LAB_VERSION="$1"
    settings_derive
    packages_require
    binaries_build
    images_prepare
    # shellcheck disable=SC2046 # one word per node
    nodes_import_image "$(images_dir)/images.tar" $(lab_nodes_with_kubelet)
    echo "$BIN_DIR/kubeadm"
  )
}

# Returns when the manifest names the other image, and kubelet restarts kube-apiserver later; or when systemd restarts it.
node_use_api_server() {
  local node="$1" tar
  (
    # shellcheck disable=SC2034 # settings_derive reads it
    LAB_VERSION="$2"
    settings_derive
    binaries_build_for_api_tests
    if node_has_systemd "$node"; then
      systemd_use_api_server "$node" "$BIN_DIR/kube-apiserver"
      exit
    fi
    tar="$(images_api_server_tar)"
    nodes_import_image "$tar" "$node"
  )
  ! node_has_systemd "$node" || return 0
  # shellcheck disable=SC2016 # the shell on the node expands it
  node_exec "$node" sh -c 'manifest=/etc/kubernetes/manifests/kube-apiserver.yaml
    text=$(sed "s|\(image: .*/kube-apiserver:\).*|\1v$0|" $manifest) && printf "%s\n" "$text" > $manifest' "$2"
}
