package dev.auditpolicy.cli.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A rollout as text: the sentence that matters, then a line for each node, then what to do. */
final class RolloutText {

    /** Enough to tell revisions apart. */
    private static final int REVISION_LENGTH = 8;

    private RolloutText() {}

    static List<String> lines(ClusterView cluster, Instant now) {
        var lines = new ArrayList<String>();
        lines.add(headline(cluster, policy -> Estimate.of(policy, now)));
        cluster.policy()
                .filter(PolicyView::isObserved)
                .ifPresent(policy -> lines.add("AuditPolicy " + policy.name() + ", generation " + policy.generation()
                        + ", revision " + shown(policy.revision())));
        cluster.policy().flatMap(PolicyView::deliveryProblem).ifPresent(problem -> lines.add("Webhook: " + problem));
        if (!cluster.nodes().isEmpty()) {
            lines.add("");
            lines.addAll(table(cluster.nodes()));
        }
        var plan = cluster.policy()
                .filter(PolicyView::isObserved)
                .map(policy -> new PlanText(policy.plan()).lines())
                .orElse(List.of());
        if (!plan.isEmpty()) {
            lines.add("");
            lines.addAll(plan);
        }
        cluster.nodes().stream().filter(node -> !node.isEffective()).forEach(node -> lines.addAll(explanation(node)));
        return lines;
    }

    /** A line for each thing that can change, without the estimate, which always does. */
    static List<String> changes(ClusterView cluster) {
        return Stream.concat(
                        Stream.of(headline(cluster, _ -> Optional.empty())),
                        cluster.nodes().stream().map(node -> node.name() + ": " + node.phase() + because(node)))
                .toList();
    }

    private static String headline(ClusterView cluster, Function<PolicyView, Optional<Estimate>> estimate) {
        return cluster.policy()
                .map(policy -> headline(policy, estimate.apply(policy)))
                .orElse("There is no AuditPolicy: each node keeps what it runs.");
    }

    private static String headline(PolicyView policy, Optional<Estimate> estimate) {
        if (policy.isDeleted()) {
            return "Being deleted" + because(policy);
        }
        if (!policy.isObserved()) {
            return "Waiting for the controller to look at generation " + policy.generation()
                    + " (kubectl -n auditpolicy-system get pods)";
        }
        var progress = policy.effective() + " of " + policy.total() + " nodes proven"
                + estimate.map(left -> ", " + left).orElse("");
        return switch (policy.verdict()) {
            case READY -> "Ready: " + progress;
            case STALLED -> "Stalled: " + progress + because(policy);
            case IN_PROGRESS -> "In progress: " + progress + because(policy);
        };
    }

    private static String because(PolicyView policy) {
        return policy.reason().isEmpty() ? "" : "; " + policy.reason() + ": " + policy.message();
    }

    private static String because(NodeView node) {
        return node.isEffective() || node.message().isEmpty() ? "" : ": " + node.message();
    }

    private static List<String> table(List<NodeView> nodes) {
        var nameWidth =
                nodes.stream().mapToInt(node -> node.name().length()).max().orElse(0);
        var format = "%-" + Math.max("NODE".length(), nameWidth) + "s  %-10s  %s";
        return Stream.concat(
                        Stream.of(format.formatted("NODE", "PHASE", "RUNS")),
                        nodes.stream().map(node -> format.formatted(node.name(), node.phase(), shown(node.running()))))
                .toList();
    }

    private static List<String> explanation(NodeView node) {
        var lines = new ArrayList<String>();
        if (!node.message().isEmpty()) {
            lines.add("");
            lines.add(node.name() + ": " + node.message());
        }
        node.advice().ifPresent(advice -> lines.add("  " + advice));
        return lines;
    }

    private static String shown(String revision) {
        return revision.isEmpty() ? "-" : revision.substring(0, Math.min(REVISION_LENGTH, revision.length()));
    }
}
