#!/bin/bash
# systemd-nspawn mounts cgroups and kernel settings read-only, and hides the kernel log. kubelet writes to the first two and opens
# the last.
set -euo pipefail

mount -o remount,rw,bind /sys/fs/cgroup
for hierarchy in /sys/fs/cgroup/*/; do
  ! mountpoint --quiet "$hierarchy" || mount -o remount,rw,bind "$hierarchy"
done

[[ -e /dev/kmsg ]] || mknod /dev/kmsg c 1 11

# These values apply to the whole machine. On the node, kubelet writes to plain files instead.
shield() {
  local file="/run/lab/sysctl/$1"
  mkdir -p /run/lab/sysctl
  echo "$2" > "$file"
  mount --bind "$file" "/proc/sys/${1//.//}"
}
shield vm.overcommit_memory 1
shield vm.panic_on_oom 0
shield kernel.panic 10
shield kernel.panic_on_oops 1
shield kernel.keys.root_maxkeys 1000000
shield kernel.keys.root_maxbytes 25000000
