package dev.auditpolicy.unit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.unit.syntax.ExecLine;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DropInTest {

    private static final DropIn DROP_IN = new DropIn(
            new ExecLine("-", "/usr/bin/kube-apiserver", List.of("--a=b c", "$ARGS", "--d=%n")),
            Map.of("audit-policy-file", "/etc/kubernetes/audit-policy.yaml"),
            Map.of("audit-webhook-config-file", ""),
            Map.of("audit-webhook-config-file", "/etc/50% of \"$HOME\".yaml"));

    @Test
    void isReadAsItWasWritten() {
        assertThat(DropIn.read(DROP_IN.render())).isEqualTo(new DropInText.Written(DROP_IN));
    }

    /** A release after this one finds what it has replaced, and only writes it anew. */
    @Test
    void aDropInWithOtherCommentsIsOurs() {
        var text = DROP_IN.render();
        var changed = text.substring(text.indexOf("[Service]"), text.indexOf("Checksum="));

        assertThat(DropIn.read(changed + "Checksum=" + DropIn.checksum(changed) + "\n"))
                .isEqualTo(new DropInText.Written(DROP_IN));
    }

    @Test
    void anotherFileIsForeign() {
        assertThat(DropIn.read("[Service]\nExecStart=\nExecStart=/a\n")).isEqualTo(new DropInText.Foreign());
    }

    /** Whatever an edit does, nothing of it is taken for ours. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noEditGoesUnnoticed(long seed) {
        var random = new Random(seed);
        var text = DROP_IN.render();
        for (var round = 0; round < 1000; round++) {
            var from = random.nextInt(text.length());
            var to = Math.min(text.length(), from + random.nextInt(80));
            var edited = text.substring(0, from) + (random.nextBoolean() ? "\n" : "") + text.substring(to);
            if (!edited.equals(text)) {
                assertThat(DropIn.read(edited)).as("%s", edited).isNotInstanceOf(DropInText.Written.class);
            }
        }
    }

    /** A checksum can be computed by anybody. */
    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void anyEditWithAChecksumIsReadOrRejected(long seed) {
        var random = new Random(seed);
        var text = DROP_IN.render();
        var end = text.indexOf("Checksum=");
        for (var round = 0; round < 1000; round++) {
            var from = random.nextInt(end);
            var to = Math.min(end, from + random.nextInt(80));
            var edited = text.substring(0, from) + text.substring(to, end);

            assertThat(DropIn.read(edited + "Checksum=" + DropIn.checksum(edited) + "\n"))
                    .isNotNull();
        }
    }
}
