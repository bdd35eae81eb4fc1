package dev.auditpolicy.agent.observe;

import static java.util.stream.Collectors.toMap;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.distribution.Distribution;
import dev.auditpolicy.distribution.HostSigns;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.host.survey.HostSurvey;
import dev.auditpolicy.host.survey.ManifestFile;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.manifest.directory.StrayManifests;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Who manages the node, and which other manifests kubelet reads. */
public final class HostObserver {

    /** A node does not change hands while the agent runs, and the survey reads all processes. */
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final HostSurvey survey;
    private final NodePaths paths;
    private final Ticker ticker;
    private Optional<Distribution> distribution = Optional.empty();
    private Optional<BootTime> due = Optional.empty();
    private boolean hadManifest;
    private Map<String, String> files = Map.of();
    private Optional<String> stray = Optional.empty();

    public HostObserver(HostSurvey survey, NodePaths paths, Ticker ticker) {
        this.survey = survey;
        this.paths = paths;
        this.ticker = ticker;
    }

    /** What manages the node, if it is known and not only kubeadm. */
    Optional<Distribution> distribution(boolean hasManifest) throws IOException {
        if (hasManifest != hadManifest || due.filter(ticker.now()::isBefore).isEmpty()) {
            distribution = Distribution.of(new HostSigns(
                    survey.existing(Distribution.PATHS),
                    survey.programs(),
                    survey.operatingSystem().orElse(""),
                    hasManifest));
            hadManifest = hasManifest;
            due = Optional.of(ticker.now().plus(INTERVAL));
        }
        return distribution;
    }

    /** Why this operator must not change the node, whatever its manifest contains; empty if it may. */
    public Optional<String> obstacle(NodeSnapshot node) {
        try {
            var foreign = distribution(node.manifest().isPresent())
                    .filter(one -> !one.isSupported())
                    .map(Distribution::refusal);
            return foreign.isPresent() ? foreign : stray(node);
        } catch (IOException failure) {
            return Optional.of("cannot check who manages this node: " + failure.getMessage());
        }
    }

    /** The directory has a few small files, of which most never change: they are parsed once. */
    Optional<String> stray(NodeSnapshot node) throws IOException {
        if (node.unit().isPresent()) {
            return Optional.empty();
        }
        var end = paths.configuration().lastIndexOf('/');
        var directory = paths.configuration().substring(0, end);
        var found = survey.manifests(directory).stream().collect(toMap(ManifestFile::name, ManifestFile::text));
        if (!found.equals(files)) {
            files = found;
            stray = StrayManifests.problem(directory, paths.configuration().substring(end + 1), found);
        }
        return stray;
    }
}
