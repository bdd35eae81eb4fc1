package dev.auditpolicy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.QuickCheck;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
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

    private final FakeQuickCheck node = new FakeQuickCheck();

    @Test
    void endsWhenTheObservationChanges() throws InterruptedException {
        node.changesAt = 3;
        var wait = new IdleWait(node, SHORT);

        wait.await(LONG, wait.observe());

        assertThat(node.checks).isEqualTo(3);
    }

    @Test
    void endsWhenAlreadyWoken() throws InterruptedException {
        var wait = new IdleWait(node, LONG);
        wait.wake();

        wait.await(LONG, wait.observe());

        assertThat(node.checks).isZero();
    }

    @Test
    void timesOutWhileNothingChanges() throws InterruptedException {
        var wait = new IdleWait(node, SHORT);

        wait.await(SHORT.multipliedBy(5), wait.observe());

        assertThat(node.checks).isEqualTo(5);
    }

    @Test
    void treatsAFailedCheckAsUnchanged() throws InterruptedException {
        node.failure = new IOException("no /proc");
        var wait = new IdleWait(node, SHORT);

        wait.await(SHORT.multipliedBy(5), wait.observe());

        assertThat(node.checks).isEqualTo(5);
    }

    private static final class FakeQuickCheck implements QuickCheck {

        private int checks;
        private int changesAt = Integer.MAX_VALUE;
        private IOException failure;

        @Override
        public Optional<Observation> current() {
            var process = new ApiServerProcess(
                    7, 7, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of("kube-apiserver"));
            return Optional.of(new Observation(process, new LogFile.InPlace()));
        }

        @Override
        public boolean isUnchanged(Observation before) throws IOException {
            checks++;
            if (failure != null) {
                throw failure;
            }
            return checks < changesAt;
        }
    }
}
