package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.cli.tune.PolicySplice;
import dev.auditpolicy.cli.tune.TuneReport;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of a policy with proposed changes.
 *
 * @param file the policy as it is
 * @param err for a warning if its comments are lost
 */
record TunedText(PolicyFile file, KubernetesVersion version, PrintWriter err) {

    /** The text of the file with the changes; only the policy if its lines cannot be changed. */
    String of(TuneReport report) {
        Policy wanted = report.proposal().tuned().policy();
        Input input = file.input();
        Optional<String> spliced = input.part() == null && !input.isContained()
                ? PolicySplice.of(input.content(), report, file::path).filter(text -> says(text, wanted))
                : Optional.empty();
        if (spliced.isEmpty()) {
            err.println("warning: the output is only the policy, without comments, because " + input.name()
                    + " is not a file with one policy in YAML that has each rule on lines of its own");
        }
        return spliced.orElseGet(() -> PolicyWriter.write(wanted));
    }

    private boolean says(String text, Policy wanted) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        var read = new Input("changed", content, file.input().readAt(), null, false).read(version);
        return read instanceof PolicyFileReading.Loaded loaded
                && loaded.policy().equals(wanted);
    }
}
