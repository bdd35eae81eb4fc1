package dev.auditpolicy.cli;

import dev.auditpolicy.policy.lint.cluster.ClusterReader;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the cluster has that a policy is for. */
final class ClusterOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--discovery",
            paramLabel = "FILE",
            description = "Find resources that the cluster does not have: what \"kubectl get --raw /openapi/v2\" or"
                    + " \"kubectl api-resources -o wide\" printed there.")
    private String discovery;

    @Option(
            names = "--namespaces",
            paramLabel = "FILE",
            description =
                    "Find namespaces that the cluster does not have: what \"kubectl get namespaces -o name\" printed"
                            + " there.")
    private String namespaces;

    /**
     * The context with what is known of the cluster.
     *
     * @throws ParameterException if a file can't be read
     */
    LintContext in(LintContext context) {
        LintContext withResources = discovery == null
                ? context
                : context.withResources(read("--discovery", discovery, ClusterReader::resources));
        return namespaces == null
                ? withResources
                : withResources.withNamespaces(read("--namespaces", namespaces, ClusterReader::namespaces));
    }

    private <T> T read(String option, String file, Function<String, T> reader) {
        try {
            return reader.apply(new String(Input.read(file, command).content(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), option + " " + file + ": " + e.getMessage(), e);
        }
    }
}
