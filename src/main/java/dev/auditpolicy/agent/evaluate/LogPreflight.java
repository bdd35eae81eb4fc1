package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.log.LogSpace;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.host.destination.LogDestinations;
import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Checks, before a restart, whether kube-apiserver can write its audit log to the destination. */
public final class LogPreflight {

    private final LogDestinations destinations;

    public LogPreflight(LogDestinations destinations) {
        this.destinations = destinations;
    }

    /**
     * The result.
     *
     * @param problem why kube-apiserver cannot write its log there
     * @param warnings what to report if it can
     */
    record Result(Optional<String> problem, List<String> warnings) {

        static final Result NO_LOG = new Result(Optional.empty(), List.of());

        Result {
            warnings = List.copyOf(warnings);
        }
    }

    /** @param user as whom kube-apiserver will write the log */
    Result check(LogBackend settings, ProcessUser user) {
        try {
            var destination = destinations.inspect(settings.path(), user);
            var space = LogSpace.of(settings, destination.usage());
            return new Result(
                    destination
                            .obstacle()
                            .map(obstacle -> "log.path=" + settings.path() + ": " + obstacle)
                            .or(() -> space.rejection(settings, destination.etcdNeeds())),
                    space.shortage().stream().toList());
        } catch (IOException failure) {
            return new Result(
                    Optional.empty(),
                    List.of("the agent could not check the audit log's destination in advance: "
                            + failure.getMessage()));
        }
    }
}
