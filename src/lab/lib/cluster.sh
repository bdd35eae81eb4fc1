# shellcheck shell=bash
# Creates the cluster with kubeadm: init on the first node, join --control-plane on the others. Removes nodes and joins them again.

cluster_build() {
  local node failed=0
  local -a joins=()
  cluster_write_settings "$@"
  for node in "$@"; do
    node_create_disk "$node"
    node_boot "$node"
  done
  for node in "$@"; do node_await "$node"; done
  step "$*: containerd started"
  cluster_init
  step "cp1: kubeadm init"
  cluster_start_proxy cp1
  for node in "${@:2}"; do
    (
      cluster_join "$node"
      step "$node: kubeadm join"
      cluster_start_proxy "$node"
    ) &
    joins+=("$!")
  done
  for node in "${joins[@]}"; do wait "$node" || failed=1; done
  ((failed == 0)) || exit 1
}

cluster_write_settings() {
  local directory="$STATE_DIR/kubeadm"
  mkdir -p "$directory"
  CLUSTER_TOKEN="$(cluster_random 3).$(cluster_random 8)"
  CLUSTER_CERTIFICATE_KEY="$(cluster_random 32)"
  local node
  cluster_init_configuration > "$directory/init.yaml"
  for node in "$@"; do cluster_join_configuration "$node" > "$directory/$node.yaml"; done
  chmod 600 "$directory"/*.yaml
}

cluster_random() {
  od --address-radix=n --format=x1 --read-bytes="$1" /dev/urandom | tr -d ' \n'
}

cluster_node_registration() {
  cat << CONFIGURATION
nodeRegistration:
  name: $1
  criSocket: unix:///run/containerd/containerd.sock
  kubeletExtraArgs:
  - {name: node-ip, value: $(node_address "$1")}
CONFIGURATION
}

cluster_init_configuration() {
  cat << CONFIGURATION
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
bootstrapTokens:
- token: $CLUSTER_TOKEN
  ttl: 24h0m0s
certificateKey: $CLUSTER_CERTIFICATE_KEY
localAPIEndpoint: {advertiseAddress: $(node_address cp1), bindPort: 6443}
$(cluster_node_registration cp1)
skipPhases: [addon/coredns, addon/kube-proxy]
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
clusterName: lab
kubernetesVersion: v$LAB_VERSION
controlPlaneEndpoint: $BALANCER_ADDRESS:6443
networking: {serviceSubnet: 10.96.0.0/12}
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
# For machines with any cgroup version and without systemd.
failCgroupV1: false
cgroupDriver: cgroupfs
failSwapOn: false
resolvConf: ""
evictionHard: {memory.available: 50Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
CONFIGURATION
}

cluster_join_configuration() {
  cat << CONFIGURATION
apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  file: {kubeConfigPath: /run/lab/discovery.conf}
  tlsBootstrapToken: $CLUSTER_TOKEN
controlPlane:
  certificateKey: $CLUSTER_CERTIFICATE_KEY
  localAPIEndpoint: {advertiseAddress: $(node_address "$1"), bindPort: 6443}
$(cluster_node_registration "$1")
CONFIGURATION
}

cluster_init() {
  # Preflight requires no swap, two cores, a systemd unit for kubelet and so on.
  cluster_kubeadm cp1 init --upload-certs --skip-token-print --ignore-preflight-errors=all
  cluster_keep_kubeconfig "$(node_dir cp1)/disk/kubernetes/admin.conf"
}

cluster_keep_kubeconfig() {
  install -m 600 "$1" "$KUBECONFIG_FILE"
  (
    umask 077
    sed -n 's/^ *client-\(certificate\|key\)-data: //p' "$KUBECONFIG_FILE" \
      | while read -r data; do base64 --decode <<< "$data"; done > "$STATE_DIR/admin.pem"
  )
}

# Uses a discovery file: with only a token, the node would wait 10 s until a controller signs the cluster address.
# All nodes can join at once: etcd accepts one new member at a time, and kubeadm retries until it accepts this one.
cluster_join() {
  local node="$1"
  node_exec "$node" sh -c 'cat > /run/lab/discovery.conf' < "$KUBECONFIG_FILE"
  cluster_kubeadm "$node" join --ignore-preflight-errors=all
  node_exec "$node" rm /run/lab/discovery.conf
}

# Joins a node after "reset". kubeadm deletes the uploaded certificates after two hours, so another node uploads them again.
cluster_join_again() {
  local node="$1" patches="${2:-}" other log="$STATE_DIR/kubeadm/$1.log"
  ! node_exec "$node" test -e /etc/kubernetes/kubelet.conf || fail "$node is in the cluster; remove it with: lab reset $node"
  for other in $(lab_nodes); do
    [[ "$other" != "$node" ]] && node_exec "$other" test -e /etc/kubernetes/admin.conf 2> /dev/null && break
  done
  node_exec "$other" kubeadm init phase upload-certs --upload-certs --config /dev/stdin \
    < "$STATE_DIR/kubeadm/init.yaml" > "$log" 2>&1 || { show_log "$log"; fail "$other cannot upload the certificates"; }
  cluster_join_configuration_from "$node" "$patches"
  cluster_join "$node"
  cluster_start_proxy "$node"
}

# Changes where the node's kubeadm looks for patches; an empty DIRECTORY is none.
cluster_join_configuration_from() {
  local node="$1" directory="$2" configuration="$STATE_DIR/kubeadm/$1.yaml" text
  text="$(grep -v '^patches:' "$configuration")"
  { echo "$text"; [[ -z "$directory" ]] || echo "patches: {directory: $directory}"; } > "$configuration"
}

# The node leaves the cluster. Its Node stays, as kubeadm says, and so do its other files, such as those of the operator.
# kubeadm would stop kubelet with systemd.
cluster_reset() {
  local node="$1" log="$STATE_DIR/kubeadm/$1.log" failed=0
  node_exec "$node" sh -c 'touch /run/lab/kubelet-stopped; pkill -x kubelet; true'
  node_exec "$node" kubeadm reset --force --cri-socket unix:///run/containerd/containerd.sock --ignore-preflight-errors=all -v 2 \
    > "$log" 2>&1 || failed=1
  node_exec "$node" rm /run/lab/kubelet-stopped
  ((failed == 0)) || { show_log "$log"; fail "kubeadm reset failed on $node; full log: $log"; }
}

cluster_kubeadm() {
  local node="$1" phase="$2" log="$STATE_DIR/kubeadm/$1.log" configuration="$STATE_DIR/kubeadm/$1.yaml"
  shift 2
  [[ "$phase" != init ]] || configuration="$STATE_DIR/kubeadm/init.yaml"
  if ! node_exec "$node" kubeadm "$phase" --config /dev/stdin -v 2 "$@" < "$configuration" > "$log" 2>&1; then
    cluster_explain "$node"
    fail "kubeadm $phase failed on $node; full log: $log"
  fi
}

# Prints the logs that usually show why a node did not start.
cluster_explain() {
  local node="$1" directory log
  if node_has_systemd "$node"; then
    hardway_explain "$node"
    return
  fi
  directory="$(node_dir "$node")"
  show_log "$STATE_DIR/kubeadm/$node.log" 15
  show_log "$directory/console.log" 10
  # kubelet repeats the same message many times a second.
  awk '/^[EF][0-9]/ { said = $0; sub(/^[^\]]*\] /, "", said); if (!count[said]++) print "    kubelet: " $0 }' \
    "$directory/disk/log/kubelet.log" 2> /dev/null | tail -n 8 >&2 || true
  for log in "$directory"/disk/log/pods/kube-system_{etcd,kube-apiserver}-*/*/*.log; do show_log "$log" 8; done
  show_log "$STATE_DIR/haproxy.log" 5
}

# Runs kube-proxy as a process on the node, because an image would have to contain iptables. Its user is the one in the built-in
# ClusterRoleBinding system:node-proxier.
cluster_start_proxy() {
  local node="$1" directory
  directory="$(node_dir "$node")/disk/kube-proxy"
  cat > "$directory/config.yaml" << CONFIGURATION
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clusterCIDR: 10.244.0.0/16
hostnameOverride: $node
clientConnection: {kubeconfig: /var/lib/kube-proxy/kubeconfig}
# The size of the connection table applies to the whole machine.
conntrack: {maxPerCore: 0, min: 0}
CONFIGURATION
  node_exec "$node" kubeadm kubeconfig user --client-name system:kube-proxy --config /dev/stdin \
    < "$STATE_DIR/kubeadm/init.yaml" > "$directory/.kubeconfig" 2>> "$STATE_DIR/kubeadm/$node.log"
  mv -T "$directory/.kubeconfig" "$directory/kubeconfig"
}

cluster_kubectl() {
  env --unset=https_proxy --unset=HTTPS_PROXY --unset=all_proxy --unset=ALL_PROXY \
    KUBECONFIG="$KUBECONFIG_FILE" "$BIN_DIR/kubectl" "$@"
}

cluster_await_ready() {
  local deadline=$((SECONDS + 180)) node
  until cluster_is_ready; do
    if ((SECONDS > deadline)); then
      cluster_kubectl get nodes -o wide >&2 || true
      for node in $(lab_nodes); do cluster_explain "$node"; done
      fail "the cluster is not ready within 180 s"
    fi
    sleep 0.3
  done
}

# Checks that every kube-apiserver reports ready, every node with a kubelet is Ready, and the controllers run.
cluster_is_ready() {
  local node ready kubelets=0
  for node in $(lab_nodes); do
    ! node_has_kubelet "$node" || kubelets=$((kubelets + 1))
    node_first_process "$node" > /dev/null || return 1
    [[ "$(node_readyz "$node" 2> /dev/null)" == ok ]] || return 1
  done
  ready="$(cluster_kubectl --request-timeout=5s get nodes \
    -o 'jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' 2> /dev/null)" || return 1
  [[ "$(grep -c '^True$' <<< "$ready")" == "$kubelets" ]] || return 1
  cluster_kubectl --request-timeout=5s get serviceaccount default > /dev/null 2>&1
}
