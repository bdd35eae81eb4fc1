package dev.auditpolicy.host.process;

import dev.auditpolicy.host.process.Preflight.Verdict;
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

    /**
     * The last line of kube-apiserver is {@code "command failed" err="..."}, that of cobra is {@code Error: ...}. Possessive,
     * because Java matches an alternative in a loop recursively, and a long message would overflow the stack.
     */
    private static final List<Pattern> ERRORS = List.of(
            Pattern.compile("\"command failed\" err=\"((?:[^\"\\\\]++|\\\\.)*+)\""),
            Pattern.compile("^Error: (.*)$", Pattern.MULTILINE));

    /** Each error about the policy begins with "loading audit policy file", one about a setting names it. */
    private static final Pattern ABOUT_AUDIT = Pattern.compile("(?i)\\baudit\\b");

    /**
     * The files of the check itself, from {@code pkg/audit/policy/reader.go} and {@code pkg/server/options/audit.go}: the disk is
     * full, for example.
     */
    private static final Pattern ABOUT_TEMPORARY_FILES =
            Pattern.compile("failed to read file path|\\bensureLogFile\\b");

    /** Exit status of a process that a signal ended: 128 and the number of the signal. */
    private static final int SIGNAL = 128;

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

    /**
     * The verdict of a process that exited before it had loaded the policy. Only its own words about audit are a refusal: it also
     * exits if it loses the race for its port, is killed or has too little memory.
     */
    Verdict exited(int status) {
        if (status > SIGNAL) {
            return new Verdict.NotPossible("kube-apiserver was ended by signal " + (status - SIGNAL)
                    + ": the node or the pod of the agent may have too little memory");
        }
        var error = error();
        if (error.isEmpty()) {
            return new Verdict.NotPossible(
                    "kube-apiserver exited with status " + status + " and without an error message");
        }
        return ABOUT_AUDIT.matcher(error.get()).find()
                        && !ABOUT_TEMPORARY_FILES.matcher(error.get()).find()
                ? new Verdict.Refuses(error.get())
                : new Verdict.NotPossible("kube-apiserver exited: " + error.get());
    }

    private Optional<String> error() {
        return ERRORS.stream()
                .map(pattern -> pattern.matcher(text))
                .filter(Matcher::find)
                .map(matcher -> FILE.matcher(unquote(matcher.group(1))).replaceFirst(""))
                .map(PreflightOutput::quote)
                .findFirst();
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
