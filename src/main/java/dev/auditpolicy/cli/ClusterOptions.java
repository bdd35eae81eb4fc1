package dev.auditpolicy.cli;

import dev.auditpolicy.policy.lint.cluster.ClusterReader;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The resources and namespaces of the cluster that a policy is for. */
final class ClusterOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--discovery",
            paramLabel = "FILE",
            description = "Report resources that the cluster does not serve. FILE is the output of \"kubectl get --raw"
                    + " /openapi/v2\" or \"kubectl api-resources -o wide\".")
    private @Nullable String discovery;

    @Option(
            names = "--namespaces",
            paramLabel = "FILE",
            description =
                    "Report namespaces that the cluster does not have. FILE is the output of \"kubectl get namespaces"
                            + " -o name\".")
    private @Nullable String namespaces;

    /**
     * Adds the contents of the cluster that the options specify.
     *
     * @throws picocli.CommandLine.ParameterException if a file can't be read
     * @throws InvalidInputException if it has other contents
     */
    LintContext addTo(LintContext context) {
        LintContext withResources = discovery == null
                ? context
                : context.withResources(read("--discovery", discovery, ClusterReader::resources));
        return namespaces == null
                ? withResources
                : withResources.withNamespaces(read("--namespaces", namespaces, ClusterReader::namespaces));
    }

    private <T> T read(String option, String file, Function<String, T> reader) {
        try {
            return reader.apply(new String(Input.read(file, spec).content(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(option + " " + file + ": " + e.getMessage());
        }
    }
}
