package dev.auditpolicy.host.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MountTableTest {

    private static final String ROOT = "1 0 254:0 / / rw,relatime - ext4 /dev/vda rw\n";

    @Test
    void detectsAReadOnlyMount() {
        assertThat(readOnly(ROOT + "2 1 254:1 / /var/log ro,relatime - ext4 /dev/vdb rw\n"))
                .contains("/var/log");
    }

    /** As ext4 does after an error (errors=remount-ro). */
    @Test
    void detectsAReadOnlyFileSystem() {
        assertThat(readOnly(ROOT + "2 1 254:1 / /var/log rw,relatime shared:7 - ext4 /dev/vdb ro,errors=remount-ro\n"))
                .contains("/var/log");
    }

    @Test
    void usesOnlyTheNearestMount() {
        assertThat(readOnly(
                        "1 0 254:0 / / ro - overlay overlay ro\n2 1 254:1 / /var/log/audit rw - ext4 /dev/vdb rw\n"))
                .isEmpty();
        assertThat(readOnly(ROOT + "2 1 254:1 / /var/lo ro - ext4 /dev/vdb ro\n"))
                .isEmpty();
    }

    @Test
    void usesTheLaterOfTwoMountsOnAMountPoint() {
        var writable = "2 1 254:1 / /var/log rw - ext4 /dev/vdb rw\n";
        var readOnly = "3 2 0:50 / /var/log ro - tmpfs tmpfs rw\n";

        assertThat(readOnly(ROOT + writable + readOnly)).contains("/var/log");
        assertThat(readOnly(ROOT + readOnly + writable)).isEmpty();
    }

    private static Optional<String> readOnly(String mountinfo) {
        return new MountTable(mountinfo).readOnlyMountOf("/var/log/audit/audit.log");
    }
}
