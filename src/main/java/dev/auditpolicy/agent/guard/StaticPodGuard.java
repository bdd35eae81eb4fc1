package dev.auditpolicy.agent.guard;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.Sleeper;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.ProcessPresence;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.host.program.GuardProgram;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.manifest.KubeApiServerManifest;
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
    private final NodePaths paths;
    private final ProcessPresence presence;
    private final GuardProgram program;
    private final Supplier<Optional<GuardPod>> pod;
    private final Ticker ticker;
    private final Sleeper sleeper;
    private Optional<GuardPod> knownPod = Optional.empty();
    private boolean prepared;

    /** @param pod what to run; empty while the pod of the agent is unknown */
    public StaticPodGuard(
            NodeFiles files,
            NodePaths paths,
            ProcessPresence presence,
            GuardProgram program,
            Supplier<Optional<GuardPod>> pod,
            Ticker ticker,
            Sleeper sleeper) {
        this.files = files;
        this.paths = paths;
        this.presence = presence;
        this.program = program;
        this.pod = pod;
        this.ticker = ticker;
        this.sleeper = sleeper;
    }

    /** Once. {@link #start} repeats it. */
    @Override
    public void prepare() throws IOException, InterruptedException {
        if (prepared) {
            return;
        }
        if (files.read(paths.guard()).isEmpty() && !presence.isPresent()) {
            program.deleteOthers();
        }
        program.install();
        agentPod();
        prepared = true;
    }

    @Override
    public void start(String turnID) throws IOException, InterruptedException {
        var current = files.read(paths.guard());
        // A guard whose manifest is gone belongs to an earlier turn, and kubelet is stopping it.
        if (current.isPresent() && presence.isPresent()) {
            return;
        }
        var desired = agentPod()
                .orElseThrow(() -> new NotRunningException("the API server did not return the pod of the agent;"
                        + " check POD_NAME and POD_NAMESPACE of the agent"));
        var image = apiServerImage();
        var manifest = FileImage.rootOnly(desired.manifest(turnID, image, program.install()));
        if (!current.equals(Optional.of(manifest))) {
            files.replace(paths.guard(), current, manifest);
        }
        var deadline = ticker.now().plus(START_TIMEOUT);
        while (!presence.isPresent()) {
            if (deadline.isBefore(ticker.now())) {
                remove();
                throw new NotRunningException("the static pod auditpolicy-guard with kube-apiserver's image " + image
                        + " did not start within " + START_TIMEOUT.toSeconds()
                        + " s: check that kubelet runs, and its log for auditpolicy-guard");
            }
            sleeper.sleep(INTERVAL);
        }
        LOG.atInfo().addKeyValue("image", image).log("Guard started");
    }

    /** Remembered, because the API server may not respond when a turn starts. A pod does not change while it runs. */
    private Optional<GuardPod> agentPod() {
        if (knownPod.isEmpty()) {
            knownPod = pod.get();
        }
        return knownPod;
    }

    private String apiServerImage() throws IOException {
        return files.read(paths.configuration())
                .flatMap(file -> KubeApiServerManifest.parse(file.text()).supported())
                .map(KubeApiServerManifest::image)
                .filter(image -> !image.isEmpty())
                .orElseThrow(
                        () -> new IOException("cannot read the image of kube-apiserver in " + paths.configuration()));
    }

    @Override
    public void remove() throws IOException {
        var current = files.read(paths.guard());
        if (current.isPresent()) {
            files.delete(paths.guard(), current.get());
            LOG.atInfo().log("Guard manifest removed");
        }
    }
}
