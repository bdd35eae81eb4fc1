package dev.auditpolicy.rollout;

import java.time.Instant;
import java.util.Optional;

/** Whether a kube-apiserver is ready, as the controller probes it. */
public sealed interface Readiness {

    /** It has answered each probe of /readyz with 200 since then. */
    record Ready(Instant since) implements Readiness {}

    /** It does not. The reason is a short phrase. */
    record NotReady(String reason) implements Readiness {}

    /** Ready since then; empty if it is not ready for an unknown reason. */
    static Readiness of(Optional<Instant> since) {
        return since.<Readiness>map(Ready::new).orElseGet(() -> new NotReady("not ready"));
    }

    default boolean isReadySince(Instant time) {
        return switch (this) {
            case Ready(var since) -> !since.isAfter(time);
            case NotReady _ -> false;
        };
    }

    default String describe() {
        return switch (this) {
            case Ready(var since) -> "ready since " + since;
            case NotReady(var reason) -> reason;
        };
    }
}
