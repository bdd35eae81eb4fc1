package dev.auditpolicy.host.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@link ApiServerProcesses} from {@code /proc} of the node. The pod of the agent has {@code hostPID}. */
public final class ProcApiServerProcesses implements ApiServerProcesses {

    /**
     * Source path of the termination log, which kubelet mounts into every container. Static pods have UIDs of 32 hex digits,
     * while UIDs of pods from the API have dashes. So neither a kube-apiserver in an ordinary pod nor one outside of a pod
     * matches.
     */
    private static final Pattern STATIC_POD_MOUNT = Pattern.compile("/pods/([0-9a-f]{32})/containers/kube-apiserver/");

    private final Proc proc;
    private final ApiServerScan scan;

    public ProcApiServerProcesses() {
        this(Path.of("/proc"));
    }

    ProcApiServerProcesses(Path proc) {
        this.proc = new Proc(proc);
        this.scan = new ApiServerScan(this.proc, this::podUID);
    }

    @Override
    public List<ApiServerProcess> running() throws IOException {
        return scan.running();
    }

    private Optional<String> podUID(long pid) throws IOException {
        var mount = STATIC_POD_MOUNT.matcher(Files.readString(proc.entry(pid).resolve("mountinfo")));
        return mount.find() ? Optional.of(mount.group(1)) : Optional.empty();
    }

    @Override
    public Optional<String> fileSeenBy(ApiServerProcess process, String path) throws IOException {
        try {
            var text = Files.readString(proc.entry(process.pid()).resolve("root" + path), UTF_8);
            return proc.startTicks(process.pid()) == process.startTicks() ? Optional.of(text) : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isAlive(ApiServerProcess process) {
        return proc.handle(process.pid(), process.startTicks()).isPresent();
    }

    @Override
    public void terminate(ApiServerProcess process) {
        proc.handle(process.pid(), process.startTicks()).ifPresent(ProcessHandle::destroy);
    }

    @Override
    public void kill(ApiServerProcess process) {
        proc.handle(process.pid(), process.startTicks()).ifPresent(ProcessHandle::destroyForcibly);
    }
}
