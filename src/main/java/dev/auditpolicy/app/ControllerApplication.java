package dev.auditpolicy.app;

import static java.util.Objects.requireNonNull;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Starts the reconcilers once Quarkus serves health and metrics, and stops them before it goes. A start that fails ends the
 * process with an error, so that kubelet tries again.
 */
@ApplicationScoped
final class ControllerApplication implements QuarkusApplication {

    private final Operator operator;

    ControllerApplication(Operator operator) {
        this.operator = requireNonNull(operator, "operator is null");
    }

    @Override
    public int run(String... arguments) {
        operator.start();
        try {
            Quarkus.waitForExit();
            return 0;
        } finally {
            operator.stop();
        }
    }
}
