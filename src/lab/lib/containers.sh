# shellcheck shell=bash
# The configuration of containerd and of the pod network on a node.

# containers_configure ROOT POD_NETWORK PAUSE_IMAGE CNI_DIR
containers_configure() {
  local root="$1"
  rm -rf "$root/etc/cni/net.d"
  mkdir -p "$root"/etc/{cni/net.d,containerd}
  cat > "$root/etc/cni/net.d/10-bridge.conflist" << CONFIGURATION
{
  "cniVersion": "1.0.0",
  "name": "pods",
  "plugins": [
    {
      "type": "bridge", "bridge": "cni0", "isDefaultGateway": true, "hairpinMode": true,
      "ipam": {"type": "host-local", "ranges": [[{"subnet": "$2"}]]}
    },
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
CONFIGURATION
  # restrict_oom_score_adj: required to start pods without CAP_SYS_RESOURCE.
  rm -f "$root/etc/containerd/config.toml"
  cat > "$root/etc/containerd/config.toml" << CONFIGURATION
version = 2
disabled_plugins = ["io.containerd.internal.v1.opt"]
[plugins."io.containerd.grpc.v1.cri"]
  restrict_oom_score_adj = true
  disable_apparmor = true
  sandbox_image = "$3"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$4"
    conf_dir = "/etc/cni/net.d"
CONFIGURATION
}
