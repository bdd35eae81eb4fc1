package dev.auditpolicy.host.process;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a kube-apiserver that is only asked about audit has said so far. */
record PreflightOutput(String text) {

    /** From k8s.io/apiserver, pkg/audit/policy/reader.go and pkg/server/options/audit.go, at -v=4. */
    private static final String LOADED = "Using audit backend:";

    /** It starts with this one too, and passes over what it does not know. */
    private static final String LENIENT = "Audit policy contains errors, falling back to lenient decoding";

    /** kube-apiserver's last line: {@code "command failed" err="..."}; cobra's is {@code Error: ...}. */
    private static final List<Pattern> REASONS = List.of(
            Pattern.compile("\\berr=\"((?:[^\"\\\\]|\\\\.)*)\""), Pattern.compile("^Error: (.*)$", Pattern.MULTILINE));

    /** Where the throw-away file was; the message is about what is in it. */
    private static final Pattern FILE = Pattern.compile(": from file \\S+$");

    private static final int LONGEST = 1000;

    boolean isLoaded() {
        return text.contains(LOADED);
    }

    /** The line that says which fields are passed over. */
    Optional<String> lenient() {
        return text.lines()
                .filter(line -> line.contains(LENIENT))
                .map(line -> line.substring(line.indexOf(LENIENT)))
                .map(PreflightOutput::bounded)
                .findFirst();
    }

    /** Why it has ended. */
    String reason() {
        return REASONS.stream()
                .map(pattern -> pattern.matcher(text))
                .filter(matcher -> matcher.find())
                .map(matcher -> FILE.matcher(unquoted(matcher.group(1))).replaceFirst(""))
                .map(PreflightOutput::bounded)
                .findFirst()
                .orElse("it ended and told no reason");
    }

    private static String unquoted(String quoted) {
        return quoted.replace("\\\"", "\"")
                .replace("\\n", " ")
                .replace("\\t", " ")
                .replace("\\\\", "\\");
    }

    private static String bounded(String words) {
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + " [cut]";
    }
}
