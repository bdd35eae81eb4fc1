package dev.auditpolicy.cli.rollout;

import dev.auditpolicy.cli.kubectl.Kubectl;
import dev.auditpolicy.cli.kubectl.KubectlException;
import dev.auditpolicy.cli.kubectl.KubectlOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a rollout, and waits for its end. */
@Command(
        name = "status",
        description = "Show how far the rollout of the AuditPolicy is, what it waits for and what to do. Uses kubectl.",
        mixinStandardHelpOptions = true,
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeOnInvalidInput = StatusCommand.UNKNOWN,
        exitCodeList = {
            "0:Every kube-apiserver is proven to run the AuditPolicy.",
            "1:The rollout is stalled: somebody has to intervene.",
            "2:Neither, now or until the timeout.",
            "3:The cluster cannot be asked, or invalid usage."
        })
public final class StatusCommand implements Callable<Integer> {

    static final int UNKNOWN = 3;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Mixin
    private KubectlOptions access;

    @Option(
            names = {"-w", "--watch"},
            description = "Show it until every kube-apiserver is proven to run the AuditPolicy, or the rollout stalls.")
    private boolean watch;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = GoDuration.class,
            description = "With --watch: end after this time, such as 90s or 10m (default: never).")
    private @Nullable Duration timeout;

    public StatusCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        var kubectl = access.kubectl();
        try {
            var cluster = ClusterView.read(kubectl);
            if (watch) {
                return watch(kubectl, cluster);
            }
            RolloutText.lines(cluster, clock.instant()).forEach(out()::println);
            return cluster.verdict().exitCode();
        } catch (KubectlException failure) {
            spec.commandLine().getErr().println("error: " + failure.getMessage());
            return UNKNOWN;
        }
    }

    private int watch(Kubectl kubectl, ClusterView first) throws InterruptedException {
        var display = display();
        var start = System.nanoTime();
        var cluster = first;
        display.show(cluster, clock.instant());
        while (cluster.verdict() == Verdict.IN_PROGRESS) {
            if (timeout != null && System.nanoTime() - start >= timeout.toNanos()) {
                spec.commandLine().getErr().println("error: not ready after " + timeout.toSeconds() + " s");
                break;
            }
            Thread.sleep(INTERVAL);
            cluster = next(kubectl, display, cluster);
        }
        return cluster.verdict().exitCode();
    }

    /** An API server that does not answer is part of a rollout: on a single node each turn takes it down. */
    private ClusterView next(Kubectl kubectl, Display display, ClusterView last) {
        try {
            var cluster = ClusterView.read(kubectl);
            display.show(cluster, clock.instant());
            return cluster;
        } catch (KubectlException failure) {
            display.note(failure.getMessage() + " (asking again)");
            return last;
        }
    }

    private Display display() {
        return spec.commandLine().getColorScheme().ansi().enabled()
                ? new Display.Screen(out())
                : new Display.Log(out());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
