#!/usr/bin/env bash
# The init of the node: starts its daemons and restarts any that exits.
set -uo pipefail

# kubelet waits for the files that kubeadm writes, and kube-proxy for those that the lab writes.
containerd_daemon() {
  exec containerd
}

kubelet_daemon() {
  local arguments
  while [[ -e /run/lab/kubelet-stopped ]]; do sleep 0.1; done
  await /run/containerd/containerd.sock /var/lib/kubelet/config.yaml /var/lib/kubelet/kubeadm-flags.env
  arguments="$(sed -n 's/^KUBELET_KUBEADM_ARGS="\(.*\)"$/\1/p' /var/lib/kubelet/kubeadm-flags.env)"
  # shellcheck disable=SC2086 # words, as in kubeadm's unit file
  exec kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf \
    --config=/var/lib/kubelet/config.yaml $arguments
}

kube_proxy_daemon() {
  await /var/lib/kube-proxy/kubeconfig
  exec kube-proxy --config=/var/lib/kube-proxy/config.yaml
}

await() {
  local file
  for file in "$@"; do
    until [[ -e "$file" ]]; do sleep 0.1; done
  done
}

keep_running() {
  local name="$1"
  while true; do
    ("${name//-/_}_daemon") < /dev/null >> "/var/log/$name.log" 2>&1
    echo "$(date --rfc-3339=seconds) $name exited with $?"
    sleep 1
  done
}

keep_running containerd &
keep_running kubelet &
keep_running kube-proxy &
while true; do wait; sleep 1; done
