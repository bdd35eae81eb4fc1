package dev.auditpolicy.cli.kubectl;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of kubectl that choose a cluster and a user. */
public final class KubectlOptions {

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Your kubeconfig, passed to kubectl.")
    private @Nullable String kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "Context of your kubeconfig, passed to kubectl.")
    private @Nullable String context;

    @Option(names = "--cluster", paramLabel = "NAME", description = "Cluster of your kubeconfig, passed to kubectl.")
    private @Nullable String cluster;

    @Option(names = "--user", paramLabel = "NAME", description = "User of your kubeconfig, passed to kubectl.")
    private @Nullable String user;

    @Option(names = "--as", paramLabel = "USER", description = "User to impersonate, passed to kubectl.")
    private @Nullable String impersonated;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Accepted as every kubectl command does. The resources of this operator have no namespace.")
    private @Nullable String namespace;

    @Option(names = "--kubectl", hidden = true, defaultValue = "kubectl")
    private String program;

    /** The kubectl that these options ask for. */
    public Kubectl kubectl() {
        return new Kubectl(Stream.of(
                        program,
                        option("--kubeconfig", kubeconfig),
                        option("--context", context),
                        option("--cluster", cluster),
                        option("--user", user),
                        option("--as", impersonated),
                        option("--namespace", namespace))
                .filter(Objects::nonNull)
                .toList());
    }

    private static @Nullable String option(String name, @Nullable String value) {
        return value == null ? null : name + "=" + value;
    }
}
