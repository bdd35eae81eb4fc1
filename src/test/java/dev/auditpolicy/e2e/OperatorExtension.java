package dev.auditpolicy.e2e;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabHost;
import dev.auditpolicy.lab.LabNodes;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Gives a test class annotated with {@link LabNodes} a lab with the {@link Operator} installed. A failure's message ends with
 * a {@link Diagnosis}. Once the cluster is unusable, the rest of the class is aborted.
 */
final class OperatorExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(OperatorExtension.class);

    /**
     * The operator that a class shares.
     *
     * @param unusable why the cluster is of no use any longer, or null
     */
    private record Session(Operator operator, AtomicReference<String> unusable) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        var nodes = context.getRequiredTestClass().getAnnotation(LabNodes.class);
        var lab = Lab.start(nodes.value()[0], nodes.host());
        try {
            var session = new Session(Operator.install(lab, overlay(nodes.host())), new AtomicReference<>());
            context.getStore(NAMESPACE).put(Session.class, session);
        } catch (RuntimeException failure) {
            throw Diagnosis.explain(lab, failure);
        }
    }

    private static String overlay(LabHost host) {
        return switch (host) {
            case KUBEADM, MIXED -> Operator.BASE;
            case SYSTEMD, SYSTEMD_WITH_KUBELET -> "deploy/examples/systemd";
        };
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        var reason = session(context).unusable().get();
        if (reason != null) {
            throw new TestAbortedException("not run, the cluster is unusable since an earlier test: " + reason);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Operator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return session(context).operator();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw handled(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw handled(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw handled(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw handled(context, failure);
    }

    private static Throwable handled(ExtensionContext context, Throwable failure) {
        if (failure instanceof TestAbortedException) {
            return failure;
        }
        var explained = Diagnosis.explain(session(context).operator().lab(), failure);
        if (Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(ClusterUnusableException.class::isInstance)) {
            session(context).unusable().compareAndSet(null, explained.getMessage());
        }
        return explained;
    }

    private static Session session(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(Session.class, Session.class);
    }
}
