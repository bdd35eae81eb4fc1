package dev.auditpolicy.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.auditpolicy.policy.KubernetesVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Policies that people use. Every finding in them was read and labelled {@code right} or {@code wrong} in
 * {@code labels.csv}; a new one fails here until it is, too.
 */
final class CorpusFindingsTest {

    /** Those of audit.k8s.io/v1beta1, which no kube-apiserver since 1.24 reads, are left out. */
    private static final Set<String> FILES = Set.of(
            "enterprisedb-cloudnative-pg",
            "falco-plugins-k8saudit",
            "gce-2018",
            "gce-2020",
            "gce-2026",
            "gosoon-chinese-comments",
            "honeycluster-unknown-field-stages",
            "intel-edge-manageability-k8s-docs-example",
            "k8sautom8-cis-unreachable-rules",
            "kolteq-star-status",
            "kubeguarder-serviceaccount-users",
            "neondatabase-autoscaling",
            "omardin14-group-star",
            "openshift-library-go-allrequestbodies",
            "openshift-library-go-default",
            "openshift-library-go-none",
            "openshift-library-go-writerequestbodies",
            "rajasekarcloud-pods-only",
            "scaleway-gists",
            "selectel-mks-fork-omitManagedFields",
            "unbyte-etc-kubernetes",
            "wzshiming-exporter");

    private static final LintContext CONTEXT =
            LintContext.of(new KubernetesVersion(1, 36)).withProfiles(List.of(Profile.values()));

    private record Label(String file, String code, String path, String verdict) {}

    static Stream<String> files() {
        return FILES.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void findsWhatWasLabelled(String file) throws JsonProcessingException {
        List<String> labelled = labels().filter(label -> label.file().equals(file + ".yaml"))
                .map(label -> label.code() + " " + label.path())
                .toList();

        assertThat(Linter.lint(Policies.file(text("corpus/" + file + ".yaml")), null, CONTEXT))
                .extracting(finding -> finding.code().slug() + " " + finding.path())
                .containsExactlyInAnyOrderElementsOf(labelled);
    }

    @Test
    void findsNothingWrong() {
        assertThat(labels()).extracting(Label::verdict).containsOnly("right");
    }

    @Test
    void leavesOutOnlyWhatIsNotRead() {
        assertThatThrownBy(() -> Policies.file(text("corpus/darrylnnon-broken-indent.yaml")))
                .isInstanceOf(JsonProcessingException.class);
    }

    private static Stream<Label> labels() {
        return text("labels.csv")
                .lines()
                .skip(1)
                .map(line -> line.split(","))
                .map(columns -> new Label(columns[0], columns[1], columns[2], columns[3]));
    }

    private static String text(String name) {
        try (InputStream file = CorpusFindingsTest.class.getResourceAsStream("/lint/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
