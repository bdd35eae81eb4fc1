package dev.auditpolicy.host.survey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountSourceTest {

    private static final String NODE = """
            22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
            30 22 8:2 / /var rw,relatime - ext4 /dev/sda2 rw
            31 22 0:40 /@data /srv rw,relatime - btrfs /dev/sdb rw
            44 30 8:1 /etc/kubernetes /var/lib/kubelet/pods/x/volume-subpaths/etc rw - ext4 /dev/sda1 rw
            """;

    private static final String CONTAINER = """
            90 80 0:99 / / rw,relatime - overlay overlay rw
            91 90 8:1 /etc/kubernetes/audit /etc/kubernetes/audit ro,relatime - ext4 /dev/sda1 rw
            92 90 8:2 /log/kubernetes/audit /var/log/audit rw,relatime - ext4 /dev/sda2 rw
            93 90 0:40 /@data/my\\040logs /data rw,relatime - btrfs /dev/sdb rw
            94 90 8:2 /log/one.log /log/file.log rw,relatime - ext4 /dev/sda2 rw
            95 90 0:77 / /etc/other rw,relatime - tmpfs tmpfs rw
            96 92 8:2 /log/inner /var/log/audit/inner rw,relatime - ext4 /dev/sda2 rw
            """;

    /** mountinfo has the content of a mount as a path on its device, which the node may have mounted elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "/var/log/audit/kube-apiserver-audit.log, /var/log/kubernetes/audit/kube-apiserver-audit.log",
        "/etc/kubernetes/audit/policy.yaml, /etc/kubernetes/audit/policy.yaml",
        "/data/audit.log, /srv/my logs/audit.log",
        "/log/file.log, /var/log/one.log",
        "/var/log/audit/inner/a, /var/log/inner/a",
        // In the root file system of the container, or in memory.
        "/var/log/kubernetes/audit.log,",
        "/etc/other/policy.yaml,",
        "/var/log/auditor/a,",
    })
    void findsTheFileOnTheNode(String inContainer, String onNode) {
        assertThat(MountSource.of(CONTAINER)
                        .pathOn(MountSource.of(NODE), inContainer)
                        .orElse(null))
                .isEqualTo(onNode);
    }

    @Test
    void findsAFileOfAServiceThatHasTheRootOfTheNode() {
        var node = MountSource.of("1 0 8:1 / / rw - ext4 /dev/sda1 rw\n");
        var service = MountSource.of("1 0 8:1 / / ro - ext4 /dev/sda1 rw\n2 1 0:5 / /tmp rw - tmpfs tmpfs rw\n");

        assertThat(service.pathOn(node, "/var/log/audit.log")).contains("/var/log/audit.log");
    }
}
