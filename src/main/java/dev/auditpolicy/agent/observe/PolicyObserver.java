package dev.auditpolicy.agent.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.api.v1alpha1.ObservedPolicy;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.survey.HostSurvey;
import dev.auditpolicy.host.survey.SeenFile;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyTextReader;
import dev.auditpolicy.policy.write.Revision;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Reads the policy of a kube-apiserver, and hashes its meaning once for each content. */
final class PolicyObserver {

    /** The start of a process is computed from the boot time, which has whole seconds. */
    private static final Duration CLOCK_ERROR = Duration.ofSeconds(2);

    private final HostSurvey survey;
    private Optional<Hashed> last = Optional.empty();

    private record Hashed(String sha256, KubernetesVersion version, Optional<String> meaning) {}

    /** @param problem why the policy may not be what the process runs */
    record Seen(ObservedPolicy policy, Optional<String> problem) {}

    PolicyObserver(HostSurvey survey) {
        this.survey = survey;
    }

    /** @param path as in the flag */
    Seen observe(ApiServerProcess process, String path, KubernetesVersion version) throws IOException {
        var file = path.startsWith("/") ? survey.file(process, path) : Optional.<SeenFile>empty();
        if (file.isEmpty()) {
            return new Seen(
                    new ObservedPolicy(path, null, null, null),
                    Optional.of("cannot read the policy file " + path + " as kube-apiserver sees it: it is gone, not a"
                            + " regular file, or larger than 1 MiB"));
        }
        var seen = file.get();
        return new Seen(
                new ObservedPolicy(
                        path,
                        seen.sha256(),
                        meaning(seen, version).orElse(null),
                        seen.text().orElse(null)),
                seen.modifiedAt().isAfter(process.startedAt().plus(CLOCK_ERROR))
                        ? Optional.of("the policy file " + path + " was changed at " + seen.modifiedAt()
                                + ", after kube-apiserver had started: it still runs the text of before, which is not known"
                                + " here")
                        : Optional.empty());
    }

    private Optional<String> meaning(SeenFile file, KubernetesVersion version) {
        var known = last.filter(hashed -> hashed.sha256().equals(file.sha256()))
                .filter(hashed -> hashed.version().equals(version));
        if (known.isEmpty()) {
            last = Optional.of(new Hashed(file.sha256(), version, file.text().flatMap(text -> meaning(text, version))));
        }
        return last.orElseThrow().meaning();
    }

    private static Optional<String> meaning(String text, KubernetesVersion version) {
        return switch (new PolicyTextReader(version).read(text.getBytes(UTF_8))) {
            case PolicyFileReading.Loaded loaded -> Optional.of(Revision.of(loaded.policy(), null));
            case PolicyFileReading.InvalidFile _ -> Optional.empty();
        };
    }
}
