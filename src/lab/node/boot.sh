#!/usr/bin/env bash
# The first process of a node: sets up the file systems of the node, then becomes its init.
# It starts in new namespaces in which the file system of this machine is still visible.
set -euo pipefail

# The node sees its own cgroup as the root of all cgroups, so everything that containerd and kubelet create stays below it.
if [[ -z "${HAS_CGROUPS:-}" ]]; then
  if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
    mkdir -p "/sys/fs/cgroup/$LAB_NAME/$NODE/node"
    echo 0 > "/sys/fs/cgroup/$LAB_NAME/$NODE/node/cgroup.procs"
  fi
  HAS_CGROUPS=yes exec unshare --cgroup bash "${BASH_SOURCE[0]}"
fi

# The /proc of the machine is still mounted here, so the process can read its ID on the machine.
read -ra stat < /proc/self/stat
echo "${stat[0]} ${stat[21]}" > "$NODE_DIR/.pid"
mv -T "$NODE_DIR/.pid" "$NODE_DIR/pid"

root="$NODE_DIR/root"
bind() {
  mkdir -p "$root$2"
  mount --bind "$NODE_DIR/disk/$1" "$root$2"
}

# Mounts the same hierarchies as on the machine. A line of /proc/self/cgroup is "number:controllers:path".
mount_cgroups() {
  local controllers controller
  if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
    mount -t cgroup2 cgroup2 "$1"
    mkdir "$1/init"
    echo 0 > "$1/init/cgroup.procs"
    return
  fi
  mount -t tmpfs -o mode=755 tmpfs "$1"
  while IFS=: read -r _ controllers _; do
    mkdir "$1/${controllers:-unified}"
    if [[ -z "$controllers" ]]; then
      mount -t cgroup2 cgroup2 "$1/unified"
      continue
    fi
    mount -t cgroup -o "$controllers" cgroup "$1/$controllers"
    for controller in ${controllers//,/ }; do
      [[ -e "$1/${controller#name=}" ]] || ln -s "$controllers" "$1/${controller#name=}"
    done
  done < /proc/self/cgroup
}

mount -t overlay overlay -o "lowerdir=/,upperdir=$NODE_DIR/upper,workdir=$NODE_DIR/work" "$root"
# The overlays of containerd cannot be on an overlay. The other directories are plain for clarity.
bind kubernetes /etc/kubernetes
bind kubelet /var/lib/kubelet
bind containerd /var/lib/containerd
bind etcd /var/lib/etcd
bind log /var/log
bind auditpolicy /var/lib/auditpolicy
bind cni /var/lib/cni
bind kube-proxy /var/lib/kube-proxy

mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount_cgroups "$root/sys/fs/cgroup"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
# The binaries can be on a separate file system, which the overlay of / does not include.
mkdir -p "$root$BIN_DIR"
mount --bind "$BIN_DIR" "$root$BIN_DIR"
mkdir -p "$root/run/lab/sysctl" "$root/run/lock"
cp "$LAB_HOME/node/init.sh" "$root/run/lab/"

# kubelet sets these values, which apply to the whole machine. On the node, it writes to plain files instead.
shield() {
  local file="$root/run/lab/sysctl/$1"
  echo "$2" > "$file"
  mount --bind "$file" "$root/proc/sys/${1//.//}"
}
shield vm.overcommit_memory 1
shield vm.panic_on_oom 0
shield kernel.panic 10
shield kernel.panic_on_oops 1
shield kernel.keys.root_maxkeys 1000000
shield kernel.keys.root_maxbytes 25000000

write() {
  mkdir -p "$(dirname "$root$1")"
  rm -f "$root$1"
  cat > "$root$1"
}
hostname "$NODE"
echo "$NODE" | write /etc/hostname
echo "$HOSTS" | write /etc/hosts
write /etc/resolv.conf < /dev/null
write /etc/machine-id < "$NODE_DIR/machine-id"

# shellcheck source=/dev/null
source "$LAB_HOME/lib/containers.sh"
containers_configure "$root" "$POD_NETWORK" "$PAUSE_IMAGE" "$CNI_DIR"

mkdir "$root/run/lab/machine"
cd "$root"
pivot_root . run/lab/machine
umount --lazy /run/lab/machine
rmdir /run/lab/machine
# As with systemd: mounts of kubelet propagate to containers that request it.
mount --make-rshared /

exec env -i PATH="$BIN_DIR:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" HOME=/root LANG=C.UTF-8 \
  NODE="$NODE" NODE_ADDRESS="$NODE_ADDRESS" bash /run/lab/init.sh
