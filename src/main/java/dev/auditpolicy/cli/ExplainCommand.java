package dev.auditpolicy.cli;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.explain.Explanation;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which rule of a policy decides how a request is audited, and why earlier rules do not match. */
@Command(
        name = "explain",
        description = {
            "Show which rule decides how a request is audited.",
            "Prints the level and the stages at which the request is recorded, and why each earlier rule does not"
                    + " match."
        },
        exitCodeList = {
            "0:The decision was printed.",
            "1:The policy has errors.",
            "2:Invalid usage, or the file can't be read."
        })
public final class ExplainCommand extends OfflineCommand {

    @Mixin
    private PolicyArgument policy;

    @Mixin
    private RequestOptions request;

    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format. One of: text, json (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Override
    public Integer call() {
        RequestAttributes attributes = request.value();
        Optional<PolicyFile> read = policy.read();
        read.ifPresent(file -> {
            request.printNotes();
            write(file, attributes);
        });
        return read.isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void write(PolicyFile file, RequestAttributes attributes) {
        PrintWriter out = out();
        Explanation explanation = Explanation.of(file.policy(), attributes);
        switch (format) {
            case TEXT -> new ExplanationText(out, file).write(attributes, explanation);
            case JSON ->
                out.println(new ExplanationJson(file::position)
                        .of(attributes, explanation)
                        .toPrettyString());
        }
        out.flush();
    }
}
