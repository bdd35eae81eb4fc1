package dev.auditpolicy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.QuickCheck;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdleWaitTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final FakeGlances node = new FakeGlances();

    @Test
    void endsWhenWhatWasSeenIsNoLongerSo() throws InterruptedException {
        node.changesAt = 3;
        var rest = new IdleWait(node, SHORT);

        rest.take(LONG, rest.glance());

        assertThat(node.looks).isEqualTo(3);
    }

    @Test
    void endsWhenWokenBefore() throws InterruptedException {
        var rest = new IdleWait(node, LONG);
        rest.wake();

        rest.take(LONG, rest.glance());

        assertThat(node.looks).isZero();
    }

    @Test
    void lastsWhileNothingChanges() throws InterruptedException {
        var rest = new IdleWait(node, SHORT);

        rest.take(SHORT.multipliedBy(5), rest.glance());

        assertThat(node.looks).isEqualTo(5);
    }

    @Test
    void whatCannotBeSeenIsNoChange() throws InterruptedException {
        node.failure = new IOException("no /proc");
        var rest = new IdleWait(node, SHORT);

        rest.take(SHORT.multipliedBy(5), rest.glance());

        assertThat(node.looks).isEqualTo(5);
    }

    private static final class FakeGlances implements QuickCheck {

        private int looks;
        private int changesAt = Integer.MAX_VALUE;
        private IOException failure;

        @Override
        public Optional<Glance> glance() {
            var process = new ApiServerProcess(7, 7, Instant.EPOCH, "0".repeat(32), 0, List.of("kube-apiserver"));
            return Optional.of(new Glance(process, new LogFile.InPlace()));
        }

        @Override
        public boolean isStill(Glance seen) throws IOException {
            looks++;
            if (failure != null) {
                throw failure;
            }
            return looks < changesAt;
        }
    }
}
