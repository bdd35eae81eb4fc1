package dev.auditpolicy.manifest.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auditpolicy.manifest.Manifests;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DesiredAuditConfigTest {

    @Test
    void mountsTheDirectoryOfTheLog() {
        assertThat(Manifests.DESIRED.logDirectory()).contains("/var/log/kubernetes/audit");
        assertThat(Manifests.DESIRED.policyPath()).isEqualTo("/etc/kubernetes/audit-policy.yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "etcd-servers, x, /p, /d, r, --etcd-servers",
        "audit-log-path, 'a b', /p, /d, r, --audit-log-path=a b",
        "audit-log-path, '', /p, /d, r, --audit-log-path=",
        "audit-log-path, x, p, /d, r, policyPath=p",
        "audit-log-path, x, /p, /d/../e, r, logDirectory=/d/../e",
        "audit-log-path, x, /p, /d/, r, logDirectory=/d/",
        "audit-log-path, x, /p, /d, 'r\"', revision=r\""
    })
    void rejectsUnsafeValuesAndUnknownFlags(
            String flag, String value, String policy, String directory, String revision, String named) {
        assertThatThrownBy(() -> new DesiredAuditConfig(
                        Map.of(flag, value), policy, Optional.of(directory), Optional.empty(), revision))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
