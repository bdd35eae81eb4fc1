package dev.auditpolicy.agent;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.agent.plan.NodePlan;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.agent.plan.PlannedChange;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.unit.UnitState;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the agent finds on its node and would do, for an administrator who installs it. Changes nothing. */
public final class Rehearsal {

    private static final String MINIMAL_POLICY =
            "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n";

    private final KubernetesApi api;
    private final NodeContext node;
    private final HostPlanner planner;
    private final JournalFile journals;

    Rehearsal(KubernetesApi api, NodeContext node, HostPlanner planner, JournalFile journals) {
        this.api = api;
        this.node = node;
        this.planner = planner;
        this.journals = journals;
    }

    /**
     * The result.
     *
     * @param lines of the form "name: state"
     * @param succeeds whether the agent could do its work
     */
    public record Report(List<String> lines, boolean succeeds) {
        public Report {
            lines = List.copyOf(lines);
        }
    }

    public Report report() throws IOException {
        var snapshot = node.observer().observe();
        var lines = new ArrayList<String>();
        lines.add("host: " + host(snapshot));
        lines.addAll(new NodeSummary(node, journals).lines());
        try {
            var desired = api.auditNode();
            lines.add("API server: knows this agent as the one of " + api.node());
            lines.add("AuditNode: " + desired.map(Rehearsal::describe).orElse("none yet; the controller creates it"));
            return withPlan(lines, desired.map(AuditNode::getSpec), snapshot);
        } catch (KubernetesClientException refused) {
            lines.add("API server: does not answer this agent: " + refused.getMessage());
            return new Report(lines, false);
        }
    }

    private String host(NodeSnapshot snapshot) {
        return snapshot.unit()
                .map(UnitState::report)
                .map(unit -> "systemd unit " + unit.id() + " (" + String.join(", ", unit.paths()) + ")")
                .orElse("static pod " + node.paths().configuration());
    }

    private static String describe(AuditNode found) {
        return Optional.ofNullable(found.getSpec())
                .map(spec -> spec.restores() ? "to be given back" : "revision " + spec.revision())
                .orElse("no AuditPolicy applies to it yet");
    }

    private Report withPlan(List<String> lines, Optional<AuditNodeSpec> desired, NodeSnapshot snapshot)
            throws IOException {
        var spec = desired.orElseGet(() -> new AuditNodeSpec(
                "example",
                1L,
                MINIMAL_POLICY,
                LogBackend.at("/var/log/kubernetes/audit/audit.log").withDefaults(),
                0,
                0));
        var intro = desired.isPresent() ? "plan: " : "plan for an AuditPolicy with the defaults: ";
        return switch (planner.plan(spec, snapshot, Ownership.of(journals.read()))) {
            case NodePlan.Blocked(String message) -> {
                lines.add(intro + "none, this host cannot be changed: " + message);
                yield new Report(lines, false);
            }
            case NodePlan.Kept _ -> {
                lines.add(intro + NodePlan.Kept.DESCRIPTION);
                yield new Report(lines, true);
            }
            case NodePlan.Files files -> {
                lines.add(intro + describe(files));
                yield new Report(lines, true);
            }
        };
    }

    private static String describe(NodePlan.Files files) {
        return files.areUpToDate()
                ? "nothing to change"
                : files.changes().stream().map(PlannedChange::asPlan).collect(Collectors.joining(", "))
                        + ", then restart kube-apiserver";
    }
}
