package dev.auditpolicy.policy.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogFileAccess;
import dev.auditpolicy.api.v1alpha1.LogFileMode;
import dev.auditpolicy.api.v1alpha1.LogFormat;
import dev.auditpolicy.api.v1alpha1.LogVersion;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.api.v1alpha1.WhenSpaceIsShort;
import dev.auditpolicy.policy.PolicyTexts;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {

    private static final LogBackend LOG = log("/var/log/audit/audit.log", 30, null, null);

    private static final String POLICY = """
            omitStages: [RequestReceived]
            rules:
            - level: Metadata
              users: [a, b]
              resources: [{group: "", resources: [secrets]}, {group: apps}]
            - level: None
            """;

    /** If this value changes, every upgrade restarts all kube-apiservers: change it only with good reason. */
    @Test
    void staysTheSameFromReleaseToRelease() {
        assertThat(Revision.of(PolicyTexts.specPolicy(POLICY), LOG)).isEqualTo("c46a65799156c2c1");
    }

    @ParameterizedTest
    @CsvSource({
        "rules: [{level: None}], 'rules: [{level: None, users: [], resources: null}]'",
        "rules: [{level: None}], '{omitManagedFields: false, omitStages: [], rules: [{level: None}]}'",
        "'rules: [{level: None, resources: [{}]}]', 'rules: [{level: None, resources: [{group: \"\"}]}]'"
    })
    void isTheSameForTheSameMeaning(String one, String other) {
        assertThat(Revision.of(PolicyTexts.specPolicy(one), LOG))
                .isEqualTo(Revision.of(PolicyTexts.specPolicy(other), LOG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules: [{level: None}, {level: Metadata}]",
                "rules: [{level: Metadata}, {level: None}]",
                "rules: [{level: Metadata}, {level: None, omitManagedFields: false}]",
                "rules: [{level: Metadata}, {level: None, users: [a, b]}]",
                "rules: [{level: Metadata}, {level: None, users: ['a, b']}]",
                "rules: [{level: Metadata}, {level: None, userGroups: [a, b]}]",
                "rules: [{level: Metadata}, {level: None, resources: [{group: a}, {group: b}]}]",
                "rules: [{level: Metadata}, {level: None, resources: [{group: a, resources: [b]}]}]",
                "rules: [{level: Metadata}, {level: None, resources: [{group: a, resources: [b], resourceNames: [c]}]}]",
                "rules: [{level: Metadata}, {level: None, resources: [{group: a, resources: [b, c]}]}]",
                "{omitManagedFields: true, rules: [{level: Metadata}, {level: None}]}"
            })
    void distinguishesPolicies(String policy) {
        assertThat(Revision.of(PolicyTexts.specPolicy(policy), LOG))
                .isNotEqualTo(Revision.of(PolicyTexts.specPolicy(POLICY), LOG));
        assertThat(Stream.of(
                                "rules: [{level: None}, {level: Metadata}]",
                                "rules: [{level: Metadata}, {level: None}]",
                                "rules: [{level: Metadata}, {level: None, users: [a, b]}]")
                        .filter(other -> !other.equals(policy))
                        .map(other -> Revision.of(PolicyTexts.specPolicy(other), LOG)))
                .doesNotContain(Revision.of(PolicyTexts.specPolicy(policy), LOG));
    }

    /** This field sets no flag, so it must not cause a restart. */
    @Test
    void doesNotDependOnWhenSpaceIsShort() {
        Policy policy = PolicyTexts.specPolicy(POLICY);
        LogBackend plain = new LogBackend("/var/log/a/b", 30, 10, 100, null, null, null, null, null);
        LogBackend proceeding = new LogBackend(
                "/var/log/a/b", 30, 10, 100, null, null, null, null, null, null, WhenSpaceIsShort.PROCEED);

        assertThat(Revision.of(policy, proceeding)).isEqualTo(Revision.of(policy, plain));
    }

    /** The agent changes the live file, which needs no restart. */
    @Test
    void doesNotDependOnTheAccessToTheFile() {
        Policy policy = PolicyTexts.specPolicy(POLICY);

        assertThat(Revision.of(policy, LOG.with(new LogFileAccess(1000, LogFileMode.GROUP))))
                .isEqualTo(Revision.of(policy, LOG));
    }

    @Test
    void distinguishesLogSettings() {
        Policy policy = PolicyTexts.specPolicy(POLICY);

        assertThat(Stream.of(
                                null,
                                LOG,
                                log("/var/log/audit/other.log", 30, null, null),
                                log("/var/log/audit/audit.log", null, null, null),
                                log("/var/log/audit/audit.log", 31, null, null),
                                log("/var/log/audit/audit.log", 30, new Batch(1, null, null, null, null, null), null),
                                log("/var/log/audit/audit.log", 30, new Batch(null, 1, null, null, null, null), null),
                                log("/var/log/audit/audit.log", 30, null, new Truncate(true, null, null)))
                        .map(log -> Revision.of(policy, log)))
                .doesNotHaveDuplicates();
    }

    @Test
    void distinguishesAStatedVersionFromAnAbsentOne() {
        Policy policy = PolicyTexts.specPolicy(POLICY);
        LogBackend stated = new LogBackend(
                "/var/log/audit/audit.log",
                30,
                10,
                100,
                true,
                LogFormat.JSON,
                Mode.BATCH,
                null,
                null,
                LogVersion.V1,
                null);

        assertThat(Revision.of(policy, stated)).isNotEqualTo(Revision.of(policy, LOG));
    }

    @Test
    void treatsAnEmptyBatchAsAbsent() {
        Batch batch = new Batch(null, null, null, null, null, null);

        assertThat(Revision.of(PolicyTexts.specPolicy(POLICY), log("/var/log/audit/audit.log", 30, batch, null)))
                .isEqualTo(Revision.of(PolicyTexts.specPolicy(POLICY), LOG));
    }

    private static LogBackend log(String path, Integer maxAgeDays, Batch batch, Truncate truncate) {
        return new LogBackend(path, maxAgeDays, 10, 100, true, LogFormat.JSON, Mode.BATCH, batch, truncate);
    }
}
