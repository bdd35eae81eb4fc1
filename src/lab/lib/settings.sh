# shellcheck shell=bash disable=SC2034 # read by the other files of the lab
# The settings of the lab, and all names and paths that derive from them.

# The Kubernetes release that the lab runs. A leading "v" is accepted.
LAB_VERSION="${LAB_VERSION:-1.36.3}"
LAB_VERSION="${LAB_VERSION#v}"
# One etcd version for all releases: kubeadm checks the tag of the image, not its content.
LAB_ETCD_VERSION="${LAB_ETCD_VERSION:-3.6.8}"
# The directory of prebuilt binaries, for example of official releases. If empty, the lab builds them from their Go modules.
LAB_BIN_DIR="${LAB_BIN_DIR:-}"
# The prefix of every namespace, link and cgroup. Labs with different names can run at the same time.
LAB_NAME="${LAB_NAME:-ap}"
# The first three bytes of the /24 network. By default, each LAB_NAME gets its own network.
LAB_NETWORK="${LAB_NETWORK:-}"
# The Debian release of nodes with systemd, and where debootstrap downloads it.
LAB_DEBIAN="${LAB_DEBIAN:-bookworm}"
LAB_DEBIAN_MIRROR="${LAB_DEBIAN_MIRROR:-http://deb.debian.org/debian}"

CACHE_DIR="${AUDITPOLICY_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/auditpolicy-lab}"

readonly KUBERNETES_BINARIES=(kube-apiserver kubectl kubeadm kubelet kube-controller-manager kube-scheduler kube-proxy)
readonly ETCD_BINARIES=(etcd etcdctl)
# "down" removes everything in it: the disks of the nodes, the kubeconfig, the logs.
readonly STATE_ROOT=/var/lib/auditpolicy-lab

settings_derive() {
  # An interface name has at most 15 characters, and "-host" is the longest ending.
  [[ "$LAB_NAME" =~ ^[a-z][a-z0-9]{0,7}$ ]] ||
    fail "invalid LAB_NAME '$LAB_NAME': must be 1 to 8 lower-case letters and digits and start with a letter"
  [[ "$LAB_VERSION" =~ ^1\.[0-9]+\.[0-9]+$ ]] ||
    fail "invalid LAB_VERSION '$LAB_VERSION': must be a Kubernetes release such as 1.36.3"
  [[ "$LAB_DEBIAN" =~ ^[a-z]+$ ]] || fail "invalid LAB_DEBIAN '$LAB_DEBIAN': must be the code name of a Debian release such as bookworm"
  if [[ -z "$LAB_NETWORK" ]]; then
    LAB_NETWORK="10.89.1"
    [[ "$LAB_NAME" == ap ]] || LAB_NETWORK="10.89.$((2 + $(cksum <<< "$LAB_NAME" | cut -d' ' -f1) % 250))"
  fi
  [[ "$LAB_NETWORK" =~ ^[0-9]{1,3}(\.[0-9]{1,3}){2}$ ]] ||
    fail "invalid LAB_NETWORK '$LAB_NETWORK': must be the first three bytes of a free /24, such as 10.89.1"

  BUILT_DIR="$CACHE_DIR/binaries/v$LAB_VERSION-etcd-$LAB_ETCD_VERSION"
  BIN_DIR="${LAB_BIN_DIR:-$BUILT_DIR}"
  KUBE_API_TEST_DIR="$CACHE_DIR/kube-api-test"

  STATE_DIR="$STATE_ROOT/$LAB_NAME"
  KUBECONFIG_FILE="$STATE_DIR/kubeconfig"
  LOCK_FILE="/run/lock/auditpolicy-lab-$LAB_NAME.lock"
  SWITCH_NETNS="$LAB_NAME-net"
  BALANCER_ADDRESS="$LAB_NETWORK.1"
  MACHINE_ADDRESS="$LAB_NETWORK.254"
}

node_netns() { echo "$LAB_NAME-$1"; }
node_dir() { echo "$STATE_DIR/nodes/$1"; }
node_number() { echo "${1#cp}"; }
node_address() { echo "$LAB_NETWORK.$((10 + $(node_number "$1")))"; }
node_pod_network() { echo "10.244.$(($(node_number "$1") - 1)).0/24"; }
