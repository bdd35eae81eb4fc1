package dev.auditpolicy.deploy;

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
                .computeIfAbsent(ApiServer.class, _ -> ApiServer.withOperator(), ApiServer.class);
    }
}
