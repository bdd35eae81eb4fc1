package dev.auditpolicy.controller;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.rollout.Decision;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The states that kstatus and Argo CD's health script are tested with ("make health") are those that the controller writes. */
class GitOpsStatesTest {

    private static final Path GENERATED = Path.of("target", "gitops-states");
    private static final Path CHECKED_IN =
            Path.of("deploy/gitops/argocd/resource_customizations/auditpolicy.dev/AuditPolicy/testdata");

    private final ObjectMapper json = new ObjectMapper();
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final AuditPolicyStates states = new AuditPolicyStates();

    /** As the API server stores them. */
    GitOpsStatesTest() {
        json.setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
        json.configOverride(List.class)
                .setInclude(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.USE_DEFAULTS));
    }

    @Test
    void areTheCheckedInOnes() throws IOException {
        var generated = new TreeMap<String, String>();
        states.byName().forEach((name, policy) -> generated.put(name + ".yaml", text(policy)));
        write(generated);

        assertThat(read(CHECKED_IN))
                .as("%s (if the states are right, run \"make states\" and commit the result)", CHECKED_IN)
                .isEqualTo(generated);
    }

    @Test
    void containEveryDecision() {
        assertThat(Decision.class.getPermittedSubclasses())
                .allSatisfy(kind -> assertThat(states.decisions()).hasAtLeastOneElementOfType(kind));
    }

    @Test
    void containEveryReasonOfADecision() {
        assertThat(reasons())
                .contains(Stream.of(Decision.Reason.values())
                        .map(Decision.Reason::name)
                        .toArray(String[]::new));
    }

    @Test
    void containEveryOtherReason() {
        assertThat(reasons())
                .contains(
                        "Invalid",
                        Conditions.CONTROLLER_FAILED,
                        RestorationStatus.RESTORING,
                        RestorationStatus.BLOCKED);
    }

    private Stream<String> reasons() {
        return states.byName().values().stream()
                .flatMap(policy -> Conditions.find(policy.getStatus(), Conditions.READY).stream())
                .map(ready -> ready.reason());
    }

    private String text(AuditPolicy policy) {
        return yaml.asYaml(json.valueToTree(policy));
    }

    private static void write(Map<String, String> files) throws IOException {
        Files.createDirectories(GENERATED);
        for (var name : read(GENERATED).keySet()) {
            Files.delete(GENERATED.resolve(name));
        }
        for (var file : files.entrySet()) {
            Files.writeString(GENERATED.resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, String> read(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.collect(toMap(file -> file.getFileName().toString(), GitOpsStatesTest::text));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
