#!/usr/bin/env bash
# make-debian.sh DIRECTORY RELEASE MIRROR PACKAGES: makes the root file system of nodes with systemd.
set -euo pipefail

# In memory, because dpkg waits for the disk after every package.
root="$(mktemp -d)"
mount -t tmpfs -o mode=755 tmpfs "$root"
debootstrap --variant=minbase --include="$4" "$2" "$root" "$3"
rm -rf "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
# Each node gets its own.
rm -f "$root/etc/machine-id" "$root/var/lib/dbus/machine-id" "$root/etc/hostname"

# By default, a host of the control plane runs no containers, and nothing reaches a package mirror.
chroot "$root" systemctl disable containerd.service
chroot "$root" systemctl mask apt-daily.timer apt-daily-upgrade.timer
chroot "$root" systemctl set-default multi-user.target
# The journal survives a restart of the node.
mkdir -p "$root/var/log/journal"

chmod 755 "$1"
cp -a "$root/." "$1"
umount "$root"
rmdir "$root"
