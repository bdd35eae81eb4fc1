package dev.auditpolicy.host.systemd;

import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.util.Optional;

/** The programs of a host whose kube-apiserver is a unit: its kubelet, if it has one, has nothing to do with that. */
public record UnitPrograms(NodePrograms all) implements NodePrograms {

    @Override
    public Optional<Long> kubeadm() throws IOException {
        return all.kubeadm();
    }

    @Override
    public Optional<String> packageManager() throws IOException {
        return all.packageManager();
    }

    @Override
    public Optional<BootTime> kubeletStartedAt() {
        return Optional.empty();
    }

    @Override
    public void restartKubelet() {}
}
