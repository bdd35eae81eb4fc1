package dev.auditpolicy.agent;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.StatusReport;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs why iterations of the agent's loop fail, and reports it in the status of the AuditNode. */
final class IterationFailures {

    private static final Logger LOG = LoggerFactory.getLogger(IterationFailures.class);

    /** A single failure can be a race with a process that exits; the next iteration follows a second later. */
    private static final int REPORTED_FROM = 2;

    private final KubernetesApi api;
    private final StatusReport report;
    private int consecutive;
    private String logged = "";
    private boolean reported;
    private Optional<String> obstacle = Optional.empty();

    IterationFailures(KubernetesApi api, StatusReport report) {
        this.api = api;
        this.report = report;
    }

    void started() {
        reported = false;
    }

    /** The current iteration has written a status. */
    void reported() {
        reported = true;
    }

    /** Why the last iteration failed after it had written a status. The next one reports it, in place of a status of its own. */
    Optional<String> obstacle() {
        return obstacle;
    }

    /** An iteration completed. */
    void succeeded() {
        consecutive = 0;
        logged = "";
        obstacle = Optional.empty();
    }

    /** An iteration failed. */
    void failed(Throwable failure) {
        consecutive++;
        var reason = describe(failure);
        if (!reason.equals(logged)) {
            logged = reason;
            // The message of an unexpected exception seldom suffices to find its cause.
            LOG.atWarn()
                    .addKeyValue("reason", reason)
                    .setCause(isExpected(failure) ? null : failure)
                    .log("Iteration failed, retrying");
        }
        if (isOfTheConnection(failure)) {
            return;
        }
        if (reported) {
            obstacle = Optional.of(reason);
        } else if (consecutive >= REPORTED_FROM) {
            report(reason);
        }
    }

    private void report(String reason) {
        try {
            var node = api.auditNode();
            if (node.isPresent()) {
                var status = report.failing(node.get(), reason);
                if (!status.equals(node.get().getStatus())) {
                    api.updateStatus(node.get(), status);
                }
            }
        } catch (RuntimeException unreported) {
            LOG.atDebug().addKeyValue("reason", unreported.getMessage()).log("Failure not reported");
        }
    }

    private static boolean isExpected(Throwable failure) {
        return failure instanceof IOException || failure instanceof KubernetesClientException;
    }

    /** An API server that does not answer takes no report either, and a conflict is resolved by the next iteration. */
    private static boolean isOfTheConnection(Throwable failure) {
        return failure instanceof KubernetesClientException answer
                && (answer.getCode() == 0 || answer.getCode() == HttpURLConnection.HTTP_CONFLICT);
    }

    /** The message of most subclasses is only a path or a value. */
    private static String describe(Throwable failure) {
        var type = failure.getClass();
        var text = failure instanceof JsonProcessingException json ? json.getOriginalMessage() : failure.getMessage();
        var line = Optional.ofNullable(text).map(String::lines).map(lines -> lines.collect(joining(" ")));
        return type == IOException.class || type == KubernetesClientException.class
                ? line.orElseGet(type::getSimpleName)
                : type.getSimpleName() + line.map(": "::concat).orElse("");
    }
}
