# shellcheck shell=bash
# haproxy in front of the kube-apiservers, as kubeadm's guide for highly available clusters asks for.

balancer_start() {
  local node
  {
    # Quick checks and another try on another server: a client sees nothing of one kube-apiserver's restart.
    cat << CONFIGURATION
global
  maxconn 4000
defaults
  mode tcp
  retries 3
  option redispatch
  timeout connect 1s
  timeout client 4h
  timeout server 4h
  timeout check 1s
listen kube-apiserver
  bind $BALANCER_ADDRESS:6443
  balance roundrobin
  option httpchk GET /readyz
  default-server check check-ssl verify none inter 500 fall 2 rise 1
CONFIGURATION
    for node in "$@"; do echo "  server $node $(node_address "$node"):6443"; done
  } > "$STATE_DIR/haproxy.cfg"
  (
    cgroup_enter balancer
    exec setsid nsenter --net="/run/netns/$SWITCH_NETNS" \
      haproxy -db -f "$STATE_DIR/haproxy.cfg" < /dev/null > "$STATE_DIR/haproxy.log" 2>&1 9>&-
  ) &
}
