package dev.auditpolicy.agent.guard;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.Sleeper;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.ProcessPresence;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.FileImage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Guard} that is a static pod: kubelet starts it without an API server. */
public final class StaticPodGuard implements Guard {

    private static final Logger LOG = LoggerFactory.getLogger(StaticPodGuard.class);

    /** kubelet detects a new manifest by inotify, or else within its fileCheckFrequency of 20 s. Then the JVM starts. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(45);

    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final NodeFiles files;
    private final String path;
    private final ProcessPresence presence;
    private final Supplier<Optional<GuardPod>> pod;
    private final Ticker ticker;
    private final Sleeper sleeper;

    /** @param pod what to run; empty while the pod of the agent is unknown */
    public StaticPodGuard(
            NodeFiles files,
            String path,
            ProcessPresence presence,
            Supplier<Optional<GuardPod>> pod,
            Ticker ticker,
            Sleeper sleeper) {
        this.files = files;
        this.path = path;
        this.presence = presence;
        this.pod = pod;
        this.ticker = ticker;
        this.sleeper = sleeper;
    }

    @Override
    public void start(String turnID) throws IOException, InterruptedException {
        var current = files.read(path);
        // A guard whose manifest is gone belongs to an earlier turn, and kubelet is stopping it.
        if (current.isPresent() && presence.isPresent()) {
            return;
        }
        var desired = pod.get()
                .orElseThrow(() ->
                        new IOException("cannot start the guard: the API server did not return the pod of the agent;"
                                + " check POD_NAME and POD_NAMESPACE of the agent"));
        var manifest = FileImage.rootOnly(desired.manifest(turnID));
        if (!current.equals(Optional.of(manifest))) {
            files.replace(path, current, manifest);
        }
        var deadline = ticker.now().plus(START_TIMEOUT);
        while (!presence.isPresent()) {
            if (deadline.isBefore(ticker.now())) {
                remove();
                throw new NotRunningException("the static pod auditpolicy-guard with image " + desired.image()
                        + " did not start within " + START_TIMEOUT.toSeconds()
                        + " s: check the kubelet log and whether the image is on the node");
            }
            sleeper.sleep(INTERVAL);
        }
        LOG.atInfo().addKeyValue("image", desired.image()).log("Guard started");
    }

    @Override
    public void remove() throws IOException {
        var current = files.read(path);
        if (current.isPresent()) {
            files.delete(path, current.get());
            LOG.atInfo().log("Guard manifest removed");
        }
    }
}
