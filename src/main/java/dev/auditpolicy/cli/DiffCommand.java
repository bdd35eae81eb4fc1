package dev.auditpolicy.cli;

import dev.auditpolicy.policy.diff.PolicyDiff;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows which requests two policies record differently. */
@Command(
        name = "diff",
        description = {
            "Show which requests two policies record differently.",
            "Compares the meaning of the policies, not their text, and prints an example request for each difference."
        },
        exitCodeList = {
            "0:No request is recorded differently.",
            "1:Some requests are recorded differently, or a policy has errors.",
            "2:Invalid usage, or a file can't be read."
        })
public final class DiffCommand extends OfflineCommand {

    @Mixin
    private VersionOption version;

    @Mixin
    private ReportFormat format;

    @Parameters(index = "0", paramLabel = "OLD", description = PolicyArgument.DESCRIPTION)
    private String oldFile;

    @Parameters(index = "1", paramLabel = "NEW", description = "The policy to compare it with, in the same forms.")
    private String newFile;

    @Override
    public Integer call() {
        Optional<PolicyFile> oldPolicy = PolicyFile.read(oldFile, version.value(), spec());
        Optional<PolicyFile> newPolicy = PolicyFile.read(newFile, version.value(), spec());
        if (oldPolicy.isEmpty() || newPolicy.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        PolicyDiff diff =
                PolicyDiff.between(oldPolicy.get().policy(), newPolicy.get().policy());
        Report report = new DiffReport(oldPolicy.get(), newPolicy.get()).of(diff);
        format.write(List.of(report), spec());
        if (!diff.complete()) {
            err().println("warning: comparison incomplete, there may be more differences: the rules of these policies"
                    + " overlap too much");
        }
        return diff.differences().isEmpty() && diff.complete() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
