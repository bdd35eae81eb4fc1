package dev.auditpolicy.agent.forecast;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodePorts;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.agent.plan.NodePlan;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.agent.restart.NodeRestart;
import dev.auditpolicy.agent.restart.ShutdownGracePeriod;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.ChangePlan;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.host.http.ApiServerMetrics;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans a change once for each revision that the node has checked, before any turn. */
public final class ChangeForecast {

    private final NodeContext node;
    private final HostPlanner planner;
    private final LogForecast log;

    /** A forecast from the log and the counters of the node's kube-apiserver. */
    public static ChangeForecast on(NodeContext node, HostPlanner planner, NodePorts ports, ApiServerMetrics metrics) {
        return new ChangeForecast(
                node,
                planner,
                new LogForecast(ports.log(), metrics, node.observer()::address, ports.clock(), ports.ticker()));
    }

    public ChangeForecast(NodeContext node, HostPlanner planner, LogForecast log) {
        this.node = node;
        this.planner = planner;
        this.log = log;
    }

    /** {@code status} with the plan for the revision, if the node has just checked it. */
    public AuditNodeStatus addTo(
            AuditNodeStatus status, AuditNodeSpec spec, Ownership ownership, NodeSnapshot snapshot) {
        var process = snapshot.newest();
        if (status.phase() != Phase.CHECKED || spec.restores() || isKnown(status, spec) || process.isEmpty()) {
            return status;
        }
        try {
            return plan(spec, ownership, snapshot, process.get())
                    .map(status::planning)
                    .orElse(status);
        } catch (IOException unreadable) {
            // The next iteration tries again. To say that there is no restart would be wrong.
            return status;
        }
    }

    private static boolean isKnown(AuditNodeStatus status, AuditNodeSpec spec) {
        return Optional.ofNullable(status.plan())
                .filter(plan -> plan.revision().equals(spec.revision()))
                .isPresent();
    }

    private Optional<ChangePlan> plan(
            AuditNodeSpec spec, Ownership ownership, NodeSnapshot snapshot, ApiServerProcess process)
            throws IOException {
        return switch (planner.plan(spec, snapshot, ownership)) {
            case NodePlan.Blocked _ -> Optional.empty();
            case NodePlan.Kept _ -> Optional.of(plan(spec, snapshot, process, null));
            case NodePlan.Files files -> {
                var runsPolicy = planner.goal(spec, snapshot, ownership)
                        .filter(goal -> goal.verify(snapshot).proven())
                        .isPresent();
                yield Optional.of(plan(
                        spec,
                        snapshot,
                        process,
                        runsPolicy && !files.settingsChange() ? null : restart(files, snapshot)));
            }
        };
    }

    private RestartChoice restart(NodePlan.Files files, NodeSnapshot snapshot) throws IOException {
        return NodeRestart.choose(
                node, files.settingsChange(), false, snapshot, node.starts().list());
    }

    private ChangePlan plan(
            AuditNodeSpec spec, NodeSnapshot snapshot, ApiServerProcess process, @Nullable RestartChoice restart) {
        return new ChangePlan(
                spec.revision(),
                restart,
                restart == null
                        ? null
                        : RestartTime.seconds(restart.strategy(), ShutdownGracePeriod.of(spec, snapshot.flags())),
                log.predict(spec, snapshot, process).orElse(null));
    }
}
