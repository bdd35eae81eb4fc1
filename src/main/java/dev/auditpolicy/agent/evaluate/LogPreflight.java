package dev.auditpolicy.agent.evaluate;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.log.LogSpace;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.host.log.LogDestinations;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whether a kube-apiserver could keep its log where it is to be, before one is restarted to find out. */
public final class LogPreflight {

    private final LogDestinations sites;

    public LogPreflight(LogDestinations sites) {
        this.sites = requireNonNull(sites, "sites is null");
    }

    /**
     * What was found.
     *
     * @param refusal why it could not
     * @param notes what is to be told beside that
     */
    record Result(Optional<String> refusal, List<String> notes) {

        Result {
            requireNonNull(refusal, "refusal is null");
            notes = List.copyOf(notes);
        }
    }

    Result check(LogBackend settings) {
        try {
            var site = sites.inspect(settings.path());
            var space = LogSpace.of(settings, site.usage());
            return new Result(
                    site.obstacle()
                            .map(obstacle -> "log.path=" + settings.path() + ": " + obstacle)
                            .or(() -> space.rejection(settings, site.etcdNeeds())),
                    space.shortage().stream().toList());
        } catch (IOException failure) {
            return new Result(
                    Optional.empty(),
                    List.of("the place of the audit log could not be looked at beforehand: " + failure.getMessage()));
        }
    }
}
