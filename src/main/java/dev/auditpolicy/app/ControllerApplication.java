package dev.auditpolicy.app;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Starts the reconcilers after Quarkus serves health and metrics, and stops them before Quarkus stops. If the start fails, the
 * process exits with an error and kubelet restarts it.
 */
@ApplicationScoped
final class ControllerApplication implements QuarkusApplication {

    private final Operator operator;

    ControllerApplication(Operator operator) {
        this.operator = operator;
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
