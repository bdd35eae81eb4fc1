package dev.auditpolicy.agent.guard;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.Sleeper;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.ProcessPresence;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link Guard} as a static pod beside kube-apiserver's: kubelet starts it with no API server. */
public final class StaticPodGuard implements Guard {

    private static final Logger LOG = LoggerFactory.getLogger(StaticPodGuard.class);

    /** kubelet sees a new manifest by inotify, else within its fileCheckFrequency of 20 s; then the JVM starts. */
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(45);

    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final NodeFiles files;
    private final String path;
    private final ProcessPresence presence;
    private final Supplier<Optional<GuardPod>> pod;
    private final InstantSource clock;
    private final Sleeper pause;

    /** @param pod what to run; empty while that cannot be told */
    public StaticPodGuard(
            NodeFiles files,
            String path,
            ProcessPresence presence,
            Supplier<Optional<GuardPod>> pod,
            InstantSource clock,
            Sleeper pause) {
        this.files = requireNonNull(files, "files is null");
        this.path = requireNonNull(path, "path is null");
        this.presence = requireNonNull(presence, "presence is null");
        this.pod = requireNonNull(pod, "pod is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.pause = requireNonNull(pause, "pause is null");
    }

    @Override
    public void start(String turn) throws IOException, InterruptedException {
        if (presence.isPresent()) {
            return;
        }
        var wanted = pod.get().orElseThrow(() -> new IOException("the agent's own image is not known now"));
        var present = files.read(path);
        var manifest = FileImage.rootOnly(wanted.manifest(turn));
        if (!present.equals(Optional.of(manifest))) {
            files.replace(path, present, manifest);
        }
        var deadline = clock.instant().plus(STARTS_WITHIN);
        while (!presence.isPresent()) {
            if (clock.instant().isAfter(deadline)) {
                remove();
                throw new IOException("the static pod auditpolicy-guard with the image " + wanted.image()
                        + " did not start within " + STARTS_WITHIN.toSeconds()
                        + " s: kubelet's log says why; is that image on the node?");
            }
            pause.sleep(INTERVAL);
        }
        LOG.atInfo().addKeyValue("image", wanted.image()).log("Guard is there");
    }

    @Override
    public void remove() throws IOException {
        var present = files.read(path);
        if (present.isPresent()) {
            files.delete(path, present.get());
            LOG.atInfo().log("Guard may go");
        }
    }
}
