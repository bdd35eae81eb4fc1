package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.Goal;
import dev.auditpolicy.agent.webhook.WebhookPreflight;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Preflight.Verdict;
import dev.auditpolicy.host.process.ProcessUser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks a change before it is made: the destination of the log, the webhook, and with the node's own kube-apiserver the policy and flags. */
public final class ChangePreflight {

    private final RememberedPreflight preflight;
    private final LogPreflight logPreflight;
    private final WebhookPreflight webhookPreflight;

    public ChangePreflight(
            RememberedPreflight preflight, LogPreflight logPreflight, WebhookPreflight webhookPreflight) {
        this.preflight = preflight;
        this.logPreflight = logPreflight;
        this.webhookPreflight = webhookPreflight;
    }

    sealed interface Result {

        /** Nothing speaks against the change, as far as it could be checked. */
        record Passed(List<String> warnings) implements Result {

            public Passed {
                warnings = List.copyOf(warnings);
            }
        }

        /** kube-apiserver would not start, would ignore part of the policy, or could not write its log. */
        record Refused(String message) implements Result {}
    }

    /** Checks before a turn. Asks kube-apiserver once for each policy, set of flags and process. */
    Result check(Goal goal, NodeSnapshot node) throws InterruptedException {
        if (!goal.isRecorded()) {
            return checkRestored(goal, node);
        }
        var user = node.newest().map(ApiServerProcess::user).orElse(ProcessUser.ROOT);
        var log = Optional.ofNullable(goal.spec().log())
                .map(settings -> logPreflight.check(settings, user))
                .orElse(LogPreflight.Result.NO_LOG);
        // It writes the kubeconfig that kube-apiserver is then asked about.
        var problem = log.problem();
        if (problem.isEmpty()) {
            problem = webhookPreflight.problem(goal.spec(), user);
        }
        return problem.isPresent()
                ? new Result.Refused(problem.get())
                : result(preflight.check(goal.spec().policy(), goal.flags(), node.newest()), log.warnings());
    }

    /** Somebody else's policy at another path is as it was when kube-apiserver last started with it, for all that is known. */
    private Result checkRestored(Goal goal, NodeSnapshot node) throws InterruptedException {
        return goal.policy().isEmpty()
                ? new Result.Passed(List.of())
                : result(preflight.check(goal.policy().get(), goal.flags(), node.newest()), List.of());
    }

    /**
     * Checks again at the start of a turn: disk, binary and log may have changed since. The next {@link #check} has the new verdict.
     *
     * @return why the turn must not begin
     */
    public Optional<String> refusal(Goal goal, NodeSnapshot node) throws InterruptedException {
        preflight.forget();
        webhookPreflight.forget();
        return switch (check(goal, node)) {
            case Result.Passed _ -> Optional.empty();
            case Result.Refused(String message) -> Optional.of(message);
        };
    }

    private static Result result(Verdict verdict, List<String> warnings) {
        return switch (verdict) {
            case Verdict.Loads _ -> new Result.Passed(warnings);
            case Verdict.Refuses(String message) ->
                new Result.Refused("this node's kube-apiserver rejects the policy or its settings: " + message);
            case Verdict.NotPossible(String reason) ->
                new Result.Passed(Stream.concat(
                                warnings.stream(),
                                Stream.of("this node's kube-apiserver could not be asked about the policy in advance: "
                                        + reason))
                        .toList());
        };
    }
}
