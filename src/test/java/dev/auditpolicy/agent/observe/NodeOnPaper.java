package dev.auditpolicy.agent.observe;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.survey.HostSurvey;
import dev.auditpolicy.host.survey.ManifestFile;
import dev.auditpolicy.host.survey.SeenFile;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a node shows, as a test says. */
public final class NodeOnPaper implements HostSurvey {

    public final Map<String, String> files = new HashMap<>();
    public final Map<String, String> mounts = new HashMap<>();
    final Map<String, String> manifests = new HashMap<>();
    final Set<String> existing = new HashSet<>();
    Instant modifiedAt = Instant.EPOCH;
    boolean fails;

    @Override
    public Optional<SeenFile> file(ApiServerProcess process, String path) {
        return Optional.ofNullable(files.get(path))
                .map(text -> new SeenFile(Optional.of(text), Integer.toHexString(text.hashCode()), modifiedAt));
    }

    @Override
    public Optional<String> hostPath(ApiServerProcess process, String path) {
        return Optional.ofNullable(mounts.get(path));
    }

    @Override
    public List<ManifestFile> manifests(String directory) {
        return manifests.entrySet().stream()
                .map(file -> new ManifestFile(file.getKey(), file.getValue()))
                .toList();
    }

    @Override
    public Set<String> existing(Collection<String> paths) throws IOException {
        if (fails) {
            throw new IOException("no access");
        }
        return Set.copyOf(existing);
    }

    @Override
    public Set<String> programs() {
        return Set.of();
    }

    @Override
    public Optional<String> operatingSystem() {
        return Optional.empty();
    }
}
