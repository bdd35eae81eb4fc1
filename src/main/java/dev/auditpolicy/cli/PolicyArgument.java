package dev.auditpolicy.cli;

import dev.auditpolicy.policy.KubernetesVersion;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The one policy that a command reads, and the kube-apiserver version that it is read as. */
final class PolicyArgument {

    static final String DESCRIPTION =
            "AuditPolicy or policy file, or a stream or directory that contains exactly one. Use - for standard input.";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private VersionOption version;

    @Parameters(paramLabel = "FILE", description = DESCRIPTION)
    private String file;

    String file() {
        return file;
    }

    KubernetesVersion version() {
        return version.value();
    }

    /**
     * Reads the policy and prints its problems to standard error.
     *
     * @return empty if kube-apiserver would reject it
     * @throws ParameterException if it can't be read, or there is not exactly one policy
     */
    Optional<PolicyFile> read() {
        return PolicyFile.read(file, version.value(), spec);
    }
}
