package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The log backend's settings on a node, each proven by its log. */
@TestMethodOrder(OrderAnnotation.class)
class LogE2E {

    private static final String NODE = "cp1";

    private static Lab lab;
    private static Operator operator;

    @BeforeAll
    static void aNodeWithTheOperator() throws IOException {
        lab = Lab.startAnew(1);
        operator = Operator.install(lab);
        operator.apply(logging("maxAgeDays: 30"));
        operator.awaitReadyAcrossRestarts();
    }

    /** The lab's etcd has its data on the disk that the log is on, as kubeadm's has where nobody mounts another. */
    @Test
    @Order(1)
    void refusesALogThatCouldFillTheDiskOfEtcd() throws IOException {
        var before = operator.apiServer(NODE);

        operator.apply(logging("maxSizeMB: 1048576"));
        operator.awaitCondition("Stalled");

        assertThat(operator.message("Ready")).contains(NODE, "etcd", "maxSizeMB", "whenSpaceIsShort");
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
    }

    @Test
    @Order(2)
    void letsItWhereItIsToldTo() throws IOException {
        operator.apply(logging("maxSizeMB: 1048576, whenSpaceIsShort: Proceed"));
        operator.awaitReadyAcrossRestarts();

        assertThat(lab.readFile(NODE, "/etc/kubernetes/manifests/kube-apiserver.yaml"))
                .contains("--audit-log-maxsize=1048576");
    }

    /** kube-apiserver keeps a batch back for up to 30 s, its canary too. */
    @Test
    @Order(3)
    void aLogInBatchesIsProven() throws IOException {
        operator.apply(logging("mode: batch"));
        operator.awaitReadyAcrossRestarts();

        assertThat(operator.field("auditnode/" + NODE, ".status.proof.canary.level"))
                .isEqualTo("Metadata");
    }

    @Test
    @Order(4)
    void aLogOfTheLegacyFormatIsProven() throws IOException {
        operator.apply(logging("format: legacy"));
        operator.awaitReadyAcrossRestarts();

        assertThat(lab.exec(NODE, "tail", "-n", "1", "/var/log/kubernetes/audit/audit.log"))
                .contains("AUDIT: id=");
        assertThat(operator.field("auditnode/" + NODE, ".status.proof.canary.auditID"))
                .isNotBlank();
    }

    private static String logging(String setting) throws IOException {
        return Files.readString(Path.of("src/test/resources/e2e/bench.yaml"))
                .replace("maxAgeDays: MAX_AGE", setting.replace(", ", "\n    "))
                .replace("MARK", "nobody")
                .replace("DRAIN", "3")
                .replace("SETTLING", "0");
    }
}
