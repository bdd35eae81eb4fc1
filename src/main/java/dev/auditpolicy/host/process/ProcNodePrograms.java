package dev.auditpolicy.host.process;

import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@link NodePrograms} from {@code /proc} of the node. */
public final class ProcNodePrograms implements NodePrograms {

    /** What the front ends of all distributions start, and only while they change packages. */
    private static final List<String> PACKAGE_MANAGERS = List.of("dpkg", "rpm");

    private final Proc proc;

    public ProcNodePrograms() {
        this(Path.of("/proc"));
    }

    ProcNodePrograms(Path proc) {
        this.proc = new Proc(proc);
    }

    @Override
    public Optional<Long> kubeadm() throws IOException {
        return proc.pidsOf("kubeadm").stream().findFirst();
    }

    @Override
    public Optional<String> packageManager() throws IOException {
        for (var program : PACKAGE_MANAGERS) {
            if (!proc.pidsOf(program).isEmpty()) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<BootTime> kubeletStartedAt() throws IOException {
        var kubelet = kubelet();
        return kubelet.isPresent() ? Optional.of(proc.bootTime(proc.startTicks(kubelet.get()))) : Optional.empty();
    }

    /** With SIGKILL: a supervisor that restarts only on failure would not restart it after a graceful exit. */
    @Override
    public void restartKubelet() throws IOException {
        var kubelet = kubelet();
        if (kubelet.isPresent()) {
            proc.handle(kubelet.get(), proc.startTicks(kubelet.get())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private Optional<Long> kubelet() throws IOException {
        var all = proc.pidsOf("kubelet");
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }
}
