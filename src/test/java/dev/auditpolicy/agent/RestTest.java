package dev.auditpolicy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.NodeObserver.Glance;
import dev.auditpolicy.host.ApiServerProcess;
import dev.auditpolicy.host.LogFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RestTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private static final Glance WELL = new Glance(List.of(process(7)), new LogFile.InPlace());

    /** What the node is, in turn; the last one for good. */
    private final Queue<Glance> node = new ArrayDeque<>(List.of(WELL));

    private int glances;

    @Test
    void endsWhenAnotherKubeApiserverRuns() throws InterruptedException {
        endsWith(new Glance(List.of(process(8)), new LogFile.InPlace()));
    }

    @Test
    void endsWhenKubeApiserverHasEnded() throws InterruptedException {
        endsWith(new Glance(List.of(), new LogFile.NotOpen()));
    }

    @Test
    void endsWhenTheLogIsLost() throws InterruptedException {
        endsWith(new Glance(
                WELL.processes(), new LogFile.Lost("the live kube-apiserver writes to a file that is gone")));
    }

    @Test
    void endsWhenWokenBefore() throws InterruptedException {
        var rest = new Rest(this::glance, LONG);
        var before = rest.glance();
        rest.wake();

        rest.take(LONG, before);

        assertThat(glances).isEqualTo(1);
    }

    @Test
    void lastsWhileNothingChanges() throws InterruptedException {
        var rest = new Rest(this::glance, SHORT);

        rest.take(SHORT.multipliedBy(5), rest.glance());

        assertThat(glances).isEqualTo(1 + 5);
    }

    @Test
    void whatCannotBeSeenIsNoChange() throws InterruptedException {
        var rest = new Rest(
                () -> {
                    glances++;
                    throw new IOException("no /proc");
                },
                SHORT);

        rest.take(SHORT.multipliedBy(5), rest.glance());

        assertThat(glances).isEqualTo(1 + 5);
    }

    private void endsWith(Glance changed) throws InterruptedException {
        node.add(WELL);
        node.add(changed);
        var rest = new Rest(this::glance, SHORT);

        rest.take(LONG, rest.glance());

        assertThat(glances).isEqualTo(3);
    }

    private Glance glance() {
        glances++;
        return node.size() > 1 ? node.remove() : node.element();
    }

    private static ApiServerProcess process(long pid) {
        return new ApiServerProcess(pid, pid, Instant.EPOCH, "0".repeat(32), 0, List.of("kube-apiserver"));
    }
}
