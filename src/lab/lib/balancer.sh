# shellcheck shell=bash
# haproxy in front of the kube-apiservers, as in the kubeadm guide for highly available clusters.

# balancer_start CHECKS NODE...; CHECKS is the mode of the health checks:
#   quick  every 0.5 s; a failed connection is retried on another server, so clients do not notice a single restart
#   slow   every 10 s; two failed checks take a server out of service; failed connections are not retried, as in many clouds
balancer_start() {
  local node checks="$1" retries='retries 3
  option redispatch' interval=500
  shift
  if [[ "$checks" == slow ]]; then
    retries='retries 0'
    interval=10000
  fi
  {
    cat << CONFIGURATION
global
  maxconn 4000
defaults
  mode tcp
  $retries
  timeout connect 1s
  timeout client 4h
  timeout server 4h
  timeout check 1s
listen kube-apiserver
  bind $BALANCER_ADDRESS:6443
  balance roundrobin
  option httpchk GET /readyz
  # With --anonymous-auth=false, the check cannot tell more than that kube-apiserver listens.
  http-check expect status 200,401
  default-server check check-ssl verify none inter $interval fall 2 rise 1
CONFIGURATION
    for node in "$@"; do echo "  server $node $(node_address "$node"):6443"; done
  } > "$STATE_DIR/haproxy.cfg"
  (
    cgroup_enter balancer
    exec setsid nsenter --net="/run/netns/$SWITCH_NETNS" \
      haproxy -db -f "$STATE_DIR/haproxy.cfg" < /dev/null > "$STATE_DIR/haproxy.log" 2>&1 9>&-
  ) &
}

balancer_restart() {
  cgroup_destroy balancer
  balancer_start "$@"
}
