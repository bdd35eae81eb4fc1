# shellcheck shell=bash
# Creates the cluster as in "Kubernetes the hard way": etcd, kube-apiserver, kube-controller-manager and kube-scheduler are systemd
# services with hand-written units (directory units), and their files are in /var/lib/kubernetes. kubeadm only issues the
# certificates, on this machine.

# hardway_build NODE...: a cluster of its own.
hardway_build() {
  local node first="$1" job failed=0 key
  local -a jobs=()
  HARDWAY_ISSUER="https://$BALANCER_ADDRESS:6443" HARDWAY_SERVICES=10.32.0.0/24 HARDWAY_ETCD_STATE=new
  key="$(head --bytes=32 /dev/urandom | base64)"
  HARDWAY_ENCRYPTION="[{aescbc: {keys: [{name: key1, secret: $key}]}}, {identity: {}}]"
  systemd_write_layers
  for node in "$@"; do node_create_disk "$node"; done
  hardway_configure "$first" "$@"
  for node in "${@:2}"; do
    hardway_copy_authorities "$(hardway_directory "$first")" "$node"
    hardway_configure "$node" "$@" &
    jobs+=("$!")
  done
  for job in "${jobs[@]}"; do wait "$job" || failed=1; done
  ((failed == 0)) || exit 1
  cluster_keep_kubeconfig "$(node_dir "$first")/upper/etc/kubernetes/admin.conf"
  step "certificates and units"
  for node in "$@"; do node_boot "$node"; done
  for node in "$@"; do node_await "$node"; done
  step "$*: systemd started"
}

# hardway_join NODE NODES...: adds a node to the cluster that kubeadm created on the other ones.
hardway_join() {
  local node="$1"
  shift
  HARDWAY_ISSUER=https://kubernetes.default.svc.cluster.local HARDWAY_SERVICES=10.96.0.0/12 HARDWAY_ETCD_STATE=existing
  # The others could not read what this node encrypts.
  HARDWAY_ENCRYPTION="[{identity: {}}]"
  systemd_write_layers
  node_create_disk "$node"
  hardway_copy_authorities "$(node_dir cp1)/disk/kubernetes/pki" "$node"
  hardway_configure "$node" "$@"
  node_exec cp1 etcdctl --endpoints=https://127.0.0.1:2379 --cacert=/etc/kubernetes/pki/etcd/ca.crt \
    --cert=/etc/kubernetes/pki/etcd/server.crt --key=/etc/kubernetes/pki/etcd/server.key \
    member add "$node" "--peer-urls=https://$(node_address "$node"):2380" >> "$STATE_DIR/kubeadm/$node.log"
  node_boot "$node"
  node_await "$node"
  step "$node: systemd started"
}

hardway_copy_authorities() {
  local source="$1" target file
  target="$(hardway_directory "$2")"
  for file in {ca,front-proxy-ca,etcd/ca}.{crt,key} sa.{pub,key}; do install -D -m 600 "$source/$file" "$target/$file"; done
}

# hardway_configure NODE NODES...: writes the certificates, the units and the files that they name.
hardway_configure() {
  local node="$1"
  mkdir -p "$(hardway_directory "$node")" "$STATE_DIR/kubeadm"
  hardway_issue "$node"
  hardway_write_encryption "$node"
  hardway_write_services "$@"
}

hardway_directory() { echo "$(node_dir "$1")/upper/var/lib/kubernetes"; }

# Issues the certificates of a node. Its administrator is a member of system:masters.
hardway_issue() {
  local node="$1" directory user
  directory="$(hardway_directory "$node")"
  hardway_kubeadm_configuration "$node" > "$STATE_DIR/kubeadm/$node.yaml"
  hardway_kubeadm "$node" init phase certs all >> "$STATE_DIR/kubeadm/$node.log"
  for user in controller-manager scheduler super-admin; do
    hardway_kubeadm "$node" init phase kubeconfig "$user" --kubeconfig-dir "$directory" >> "$STATE_DIR/kubeadm/$node.log"
  done
  mv "$directory/super-admin.conf" "$(node_dir "$node")/upper/etc/kubernetes/admin.conf"
  node_has_kubelet "$node" || return 0
  hardway_kubeadm "$node" init phase kubeconfig kubelet --kubeconfig-dir "$directory" >> "$STATE_DIR/kubeadm/$node.log"
  hardway_kubeadm "$node" kubeconfig user --client-name system:kube-proxy > "$(node_dir "$node")/upper/var/lib/kube-proxy/kubeconfig"
}

hardway_kubeadm() {
  local node="$1" log="$STATE_DIR/kubeadm/$1.log"
  shift
  if ! "$BIN_DIR/kubeadm" "$@" --config "$STATE_DIR/kubeadm/$node.yaml" 2>> "$log"; then
    show_log "$log"
    fail "kubeadm $* failed for $node; full log: $log"
  fi
}

hardway_kubeadm_configuration() {
  cat << CONFIGURATION
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: $(node_address "$1"), bindPort: 6443}
$(cluster_node_registration "$1")
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
clusterName: lab
kubernetesVersion: v$LAB_VERSION
controlPlaneEndpoint: $BALANCER_ADDRESS:6443
certificatesDir: $(hardway_directory "$1")
networking: {serviceSubnet: $HARDWAY_SERVICES}
apiServer: {certSANs: [127.0.0.1, localhost]}
CONFIGURATION
}

hardway_write_encryption() (
  umask 077
  cat > "$(hardway_directory "$1")/encryption-config.yaml" << CONFIGURATION
kind: EncryptionConfiguration
apiVersion: apiserver.config.k8s.io/v1
resources:
- resources: [secrets]
  providers: $HARDWAY_ENCRYPTION
CONFIGURATION
)

# hardway_write_services NODE NODES...: the units, enabled, and the files that they name.
# The third node has the form in which distributions packaged Kubernetes: the flags are in environment files.
hardway_write_services() {
  local node="$1" upper api_server=kube-apiserver.service
  upper="$(node_dir "$node")/upper"
  shift
  if [[ "$node" == cp3 ]]; then
    api_server=kube-apiserver-with-environment-file.service
    hardway_render "$node" config.env "$upper/etc/kubernetes/config" "$@"
    hardway_render "$node" apiserver.env "$upper/etc/kubernetes/apiserver" "$@"
  fi
  hardway_render "$node" "$api_server" "$upper/etc/systemd/system/kube-apiserver.service" "$@"
  hardway_render "$node" etcd.service "$upper/etc/systemd/system/etcd.service" "$@"
  hardway_render "$node" kube-controller-manager.service "$upper/etc/systemd/system/kube-controller-manager.service" "$@"
  hardway_render "$node" kube-scheduler.service "$upper/etc/systemd/system/kube-scheduler.service" "$@"
  hardway_render "$node" kube-scheduler.yaml "$upper/var/lib/kubernetes/kube-scheduler.yaml" "$@"
  hardway_enable "$node" /etc/systemd/system/{etcd,kube-apiserver,kube-controller-manager,kube-scheduler}.service
  ! node_has_kubelet "$node" || hardway_write_kubelet "$node"
}

# As with systemctl enable.
hardway_enable() {
  local wants unit
  wants="$(node_dir "$1")/upper/etc/systemd/system/multi-user.target.wants"
  shift
  mkdir -p "$wants"
  for unit in "$@"; do ln -s "$unit" "$wants/"; done
}

# hardway_render NODE TEMPLATE FILE NODES...
hardway_render() {
  local node="$1" template="$2" file="$3" peer servers="" cluster=""
  shift 3
  for peer in "$@"; do
    servers+=",https://$(node_address "$peer"):2379"
    cluster+=",$peer=https://$(node_address "$peer"):2380"
  done
  mkdir -p "$(dirname "$file")"
  sed -e "s|{NODE}|$node|g" -e "s|{ADDRESS}|$(node_address "$node")|g" -e "s|{COUNT}|$#|g" \
    -e "s|{ISSUER}|$HARDWAY_ISSUER|g" -e "s|{SERVICES}|$HARDWAY_SERVICES|g" -e "s|{ETCD_STATE}|$HARDWAY_ETCD_STATE|g" \
    -e "s|{ETCD_SERVERS}|${servers#,}|g" -e "s|{ETCD_CLUSTER}|${cluster#,}|g" "$LAB_HOME/units/$template" > "$file"
}

hardway_write_kubelet() {
  local node="$1" upper
  upper="$(node_dir "$node")/upper"
  hardway_render "$node" kubelet.service "$upper/etc/systemd/system/kubelet.service"
  hardway_render "$node" kubelet-config.yaml "$(node_dir "$node")/disk/kubelet/kubelet-config.yaml"
  hardway_render "$node" kube-proxy.service "$upper/etc/systemd/system/kube-proxy.service"
  hardway_render "$node" kube-proxy-config.yaml "$upper/var/lib/kube-proxy/kube-proxy-config.yaml"
  hardway_render "$node" kubelet-prerequisites.service "$upper/etc/systemd/system/kubelet-prerequisites.service"
  install -D -m 755 "$LAB_HOME/units/kubelet-prerequisites.sh" "$upper/usr/local/sbin/kubelet-prerequisites.sh"
  containers_configure "$upper" "$(node_pod_network "$node")" "$(< "$STATE_DIR/pause-image")" /usr/lib/cni
  hardway_enable "$node" /lib/systemd/system/containerd.service /etc/systemd/system/{kubelet,kube-proxy,kubelet-prerequisites}.service
}

# kubeadm marks the nodes of its control plane, and its certificate for requests to kubelets has more rights.
hardway_adopt_kubelet() {
  local node="$1"
  cluster_kubectl label node "$node" node-role.kubernetes.io/control-plane= > /dev/null
  cluster_kubectl create clusterrolebinding kube-apiserver-to-kubelet \
    --clusterrole=system:kubelet-api-admin --user=kube-apiserver-kubelet-client > /dev/null
}

# Prints what usually shows why a node did not start.
hardway_explain() {
  local node="$1" unit
  show_log "$STATE_DIR/kubeadm/$node.log" 5
  show_log "$(node_dir "$node")/console.log" 10
  for unit in etcd kube-apiserver kube-controller-manager kubelet; do
    echo "--- $node: errors of $unit" >&2
    node_exec "$node" journalctl --unit "$unit" --boot --grep '^[EF]\d|"(error|fatal)"|exited|Failed' --lines 6 --no-pager --output cat \
      2>&1 | cut --characters=1-300 | sed 's/^/    /' >&2 || true
  done
}
