#!/usr/bin/env bash
# Supervises a node with systemd: mounts the disk of the node and becomes systemd-nspawn, whose only child is the init of the node.
# It starts in the network namespace of the node and in a mount namespace of its own.
set -euo pipefail

echo "$$" > "$NODE_DIR/supervisor"
mount -t overlay overlay -o "lowerdir=$LOWER,upperdir=$NODE_DIR/upper,workdir=$NODE_DIR/work" "$NODE_DIR/root"
# systemd-nspawn creates directories here and leaves them when it is killed.
mkdir -p /run/systemd
mount -t tmpfs -o mode=755 tmpfs /run/systemd

arguments=(
  --quiet --boot --directory="$NODE_DIR/root" --machine="$LAB_NAME-$NODE" --hostname="$NODE" --console=pipe
  --network-namespace-path="/run/netns/$LAB_NAME-$NODE" --resolv-conf=off --timezone=off --link-journal=no
  # This machine needs neither systemd nor D-Bus.
  --register=no --keep-unit
)
if [[ -e "$NODE_DIR/kubelet" ]]; then
  # As on a machine: containers need keyrings, other file systems and settings of the network.
  arguments+=(--capability=all --system-call-filter=@known)
  for directory in containerd kubelet; do arguments+=(--bind="$NODE_DIR/disk/$directory:/var/lib/$directory"); done
  export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
fi
# systemd sees the cgroup version that this machine has.
[[ -e /sys/fs/cgroup/cgroup.controllers ]] || export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=0
exec systemd-nspawn "${arguments[@]}"
