package dev.auditpolicy.deploy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests an {@link ApiServer} with the operator's manifests: one for the whole run, stopped at its end. */
public final class OperatorInstalled implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ApiServer.class;
    }

    @Override
    public ApiServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(OperatorInstalled.class))
                .computeIfAbsent(Attempt.class, _ -> Attempt.make(), Attempt.class)
                .outcome
                .join();
    }

    /** One attempt for all tests: where the manifests cannot be installed, each would wait for that anew. */
    private record Attempt(CompletableFuture<ApiServer> outcome) implements AutoCloseable {

        static Attempt make() {
            try {
                return new Attempt(CompletableFuture.completedFuture(ApiServer.withOperator()));
            } catch (RuntimeException | AssertionError e) {
                return new Attempt(CompletableFuture.failedFuture(e));
            }
        }

        @Override
        public void close() {
            if (!outcome.isCompletedExceptionally()) {
                outcome.join().close();
            }
        }
    }
}
