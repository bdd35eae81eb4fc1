package dev.auditpolicy.host.process;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Errors in the log of kube-apiserver. */
public final class LoggedErrors {

    private static final int MAX_LENGTH = 600;

    /** klog errors and fatals, structured {@code err=}, and the error of a failed cobra command. */
    private static final Pattern ERROR = Pattern.compile("^([EF]\\d{4} |Error: )|\\berr=");

    private LoggedErrors() {}

    /** The last error, truncated and without credentials. Empty if there is none. */
    public static Optional<String> last(Stream<String> lines) {
        return lines.filter(line -> ERROR.matcher(line).find())
                .reduce((_, later) -> later)
                .map(line -> QuotedOutput.of(line, MAX_LENGTH));
    }
}
