# shellcheck shell=bash
# The switch is a separate network namespace with a bridge, so the firewall of this machine does not see the traffic between
# nodes. This machine gets only one link, through which it reaches the load balancer and the nodes.

network_up() {
  local link="$LAB_NAME-host" taken
  # If this machine or another lab already uses the network, each would be only partly reachable.
  taken="$(ip -o -4 route show "$LAB_NETWORK.0/24")"
  [[ -z "$taken" ]] || fail "the network $LAB_NETWORK.0/24 is in use ($taken): set LAB_NETWORK to a free one, such as 10.89.252"
  ip netns add "$SWITCH_NETNS"
  ip -n "$SWITCH_NETNS" link set lo up
  ip -n "$SWITCH_NETNS" link add "$LAB_NAME-br0" type bridge forward_delay 0
  ip -n "$SWITCH_NETNS" address add "$BALANCER_ADDRESS/24" dev "$LAB_NAME-br0"
  ip -n "$SWITCH_NETNS" link set "$LAB_NAME-br0" up
  ip link add name "$link" type veth peer name "$link" netns "$SWITCH_NETNS"
  ip -n "$SWITCH_NETNS" link set "$link" master "$LAB_NAME-br0" up
  ip address add "$MACHINE_ADDRESS/24" dev "$link"
  ip link set "$link" up
}

# Creates a namespace with eth0 and connects it to the switch. Pod networks are routed between nodes, so every Service works.
network_plug_in() {
  local node="$1" netns peer
  shift
  netns="$(node_netns "$node")"
  ip netns add "$netns"
  # Keeps the hardware address across power cuts. Otherwise peers send to the old one until their ARP entry expires (38 s).
  ip link add name "$netns" netns "$SWITCH_NETNS" type veth \
    peer name eth0 address "02:00:00:00:00:0$(node_number "$node")" netns "$netns"
  ip -n "$SWITCH_NETNS" link set "$netns" master "$LAB_NAME-br0" up
  ip -n "$SWITCH_NETNS" route replace "$(node_pod_network "$node")" via "$(node_address "$node")"
  nsenter --net="/run/netns/$netns" sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
  ip -n "$netns" link set lo up
  ip -n "$netns" address add "$(node_address "$node")/24" dev eth0
  ip -n "$netns" link set eth0 up
  ip -n "$netns" route add default via "$BALANCER_ADDRESS"
  for peer in "$@"; do
    [[ "$peer" == "$node" ]] || ip -n "$netns" route add "$(node_pod_network "$peer")" via "$(node_address "$peer")"
  done
}

# Without its namespace, a node does not respond at all, like a machine without power.
network_unplug() {
  local netns
  netns="$(node_netns "$1")"
  [[ ! -e "/run/netns/$netns" ]] || ip netns delete "$netns"
  # The kernel deletes the link with the namespace, but with a delay, and its name is needed again.
  ip -n "$SWITCH_NETNS" link delete "$netns" 2> /dev/null || true
}

network_namespaces() {
  ip netns list 2> /dev/null | awk -v prefix="$LAB_NAME-" 'index($1, prefix) == 1 { print $1 }'
}

network_links() {
  ip -o link show | awk -F': ' -v prefix="$LAB_NAME-" 'index($2, prefix) == 1 { sub(/@.*/, "", $2); print $2 }'
}

network_down() {
  local name
  while read -r name; do ip link delete "$name" 2> /dev/null || true; done < <(network_links)
  while read -r name; do ip netns delete "$name"; done < <(network_namespaces)
}
