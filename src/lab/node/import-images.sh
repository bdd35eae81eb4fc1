#!/usr/bin/env bash
# import-images.sh TAR DIRECTORY: runs a containerd for one import, in its own namespaces.
set -euo pipefail

tar="$1" directory="$2" state="$(mktemp -d)"
mount -t tmpfs tmpfs "$state"
cat > "$state/config.toml" << CONFIGURATION
version = 2
root = "$directory"
state = "$state"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
[grpc]
  address = "$state/containerd.sock"
[ttrpc]
  address = "$state/containerd.sock.ttrpc"
CONFIGURATION

containerd --config "$state/config.toml" &
daemon=$!
until ctr --address "$state/containerd.sock" version > /dev/null 2>&1; do
  kill -0 "$daemon"
  sleep 0.05
done
ctr --address "$state/containerd.sock" --namespace k8s.io images import "$tar"
kill "$daemon"
wait "$daemon" || true
umount "$state"
rmdir "$state"
