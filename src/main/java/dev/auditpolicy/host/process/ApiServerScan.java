package dev.auditpolicy.host.process;

import static java.util.Comparator.comparingLong;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the node's own kube-apiserver among all processes. */
public final class ApiServerScan {

    /** Tells the kube-apiserver of the node from others, and each of its starts or pods from the next. */
    @FunctionalInterface
    public interface Identity {

        /** Empty for a kube-apiserver that is not the node's own. */
        Optional<String> of(long pid) throws IOException;
    }

    private final Proc proc;
    private final Identity identity;

    public ApiServerScan(Proc proc, Identity identity) {
        this.proc = proc;
        this.identity = identity;
    }

    /** Newest first. */
    public List<ApiServerProcess> running() throws IOException {
        var found = new ArrayList<ApiServerProcess>();
        for (var pid : proc.pids()) {
            inspect(pid).ifPresent(found::add);
        }
        found.sort(comparingLong(ApiServerProcess::startTicks).reversed());
        return List.copyOf(found);
    }

    private Optional<ApiServerProcess> inspect(long pid) {
        try {
            var commandLine = proc.commandLine(pid);
            var own = Proc.isProgram(commandLine, "kube-apiserver") ? identity.of(pid) : Optional.<String>empty();
            if (own.isEmpty()) {
                return Optional.empty();
            }
            var startTicks = proc.startTicks(pid);
            return Optional.of(new ApiServerProcess(
                    pid, startTicks, proc.time(startTicks), own.get(), proc.user(pid), commandLine));
        } catch (IOException endedMeanwhile) {
            return Optional.empty();
        }
    }
}
