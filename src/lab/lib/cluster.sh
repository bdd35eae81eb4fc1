# shellcheck shell=bash
# Creates the cluster with kubeadm: init on the first node, join --control-plane on the others.

cluster_write_settings() {
  local directory="$STATE_DIR/kubeadm"
  mkdir -p "$directory"
  CLUSTER_TOKEN="$(cluster_random 3).$(cluster_random 8)"
  CLUSTER_CERTIFICATE_KEY="$(cluster_random 32)"
  local node
  for node in $(lab_nodes); do
    if [[ "$node" == cp1 ]]; then cluster_init_configuration; else cluster_join_configuration "$node"; fi > "$directory/$node.yaml"
  done
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
  install -m 600 "$(node_dir cp1)/disk/kubernetes/admin.conf" "$KUBECONFIG_FILE"
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

cluster_kubeadm() {
  local node="$1" phase="$2" log="$STATE_DIR/kubeadm/$1.log"
  shift 2
  if ! node_exec "$node" kubeadm "$phase" --config /dev/stdin -v 2 "$@" < "$STATE_DIR/kubeadm/$node.yaml" > "$log" 2>&1; then
    cluster_explain "$node"
    fail "kubeadm $phase failed on $node; full log: $log"
  fi
}

# Prints the logs that usually show why a node did not start.
cluster_explain() {
  local node="$1" directory log
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
    < "$STATE_DIR/kubeadm/cp1.yaml" > "$directory/.kubeconfig" 2>> "$STATE_DIR/kubeadm/$node.log"
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
      fail "the nodes are not ready within 180 s"
    fi
    sleep 0.3
  done
}

# Checks that every kube-apiserver reports ready and every node is Ready.
cluster_is_ready() {
  local node ready
  for node in $(lab_nodes); do
    node_first_process "$node" > /dev/null || return 1
    [[ "$(node_readyz "$node")" == ok ]] || return 1
  done
  ready="$(cluster_kubectl --request-timeout=5s get nodes \
    -o 'jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' 2> /dev/null)" || return 1
  [[ "$(grep -c '^True$' <<< "$ready")" == "$(lab_nodes | wc -l)" ]]
}
