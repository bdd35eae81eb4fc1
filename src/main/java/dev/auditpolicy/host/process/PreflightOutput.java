package dev.auditpolicy.host.process;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The output so far of a kube-apiserver that runs for a pre-flight. */
record PreflightOutput(String text) {

    /** From k8s.io/apiserver, pkg/audit/policy/reader.go and pkg/server/options/audit.go, at -v=4. */
    private static final String LOADED = "Using audit backend:";

    /** kube-apiserver starts in this case too, but ignores unknown fields. */
    private static final String LENIENT = "Audit policy contains errors, falling back to lenient decoding";

    /** The last line of kube-apiserver is {@code "command failed" err="..."}, that of cobra is {@code Error: ...}. */
    private static final List<Pattern> ERRORS = List.of(
            // Possessive, because Java matches an alternative in a loop recursively, and a long message would overflow
            // the stack.
            Pattern.compile("\\berr=\"((?:[^\"\\\\]++|\\\\.)*+)\""),
            Pattern.compile("^Error: (.*)$", Pattern.MULTILINE));

    /** Path of the temporary file, which is meaningless to the user. */
    private static final Pattern FILE = Pattern.compile(": from file \\S+$");

    private static final int MAX_LENGTH = 1000;

    boolean isLoaded() {
        return text.contains(LOADED);
    }

    /** The warning about fields that kube-apiserver ignores. */
    Optional<String> lenientDecoding() {
        return text.lines()
                .filter(line -> line.contains(LENIENT))
                .map(line -> line.substring(line.indexOf(LENIENT)))
                .map(PreflightOutput::quote)
                .findFirst();
    }

    /** Why it exited. */
    String error() {
        return ERRORS.stream()
                .map(pattern -> pattern.matcher(text))
                .filter(Matcher::find)
                .map(matcher -> FILE.matcher(unquote(matcher.group(1))).replaceFirst(""))
                .map(PreflightOutput::quote)
                .findFirst()
                .orElse("kube-apiserver exited without an error message");
    }

    private static String unquote(String quoted) {
        return quoted.replace("\\\"", "\"")
                .replace("\\n", " ")
                .replace("\\t", " ")
                .replace("\\\\", "\\");
    }

    private static String quote(String message) {
        return QuotedOutput.of(message, MAX_LENGTH);
    }
}
