package dev.auditpolicy.host.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of a line of the audit log. kube-apiserver writes level, audit ID and stage, in this order, before anything that
 * the caller controls (k8s.io/apiserver {@code pkg/apis/audit/v1} Event; the legacy format has no level). The rest of a line
 * can be a megabyte long and is not read.
 *
 * @param level empty in the legacy format
 */
public record EventHead(Optional<Level> level, String auditID, Stage stage) {

    /** Sufficient number of bytes of a line: an audit ID has at most 64 characters. */
    static final int LENGTH = 256;

    private static final Pattern JSON = Pattern.compile("\\{\"kind\":\"Event\",\"apiVersion\":\"audit\\.k8s\\.io/v1\","
            + "\"level\":\"(?<level>\\w+)\",\"auditID\":\"(?<id>[^\"]*)\",\"stage\":\"(?<stage>\\w+)\"");
    private static final Pattern LEGACY = Pattern.compile("\\S+ AUDIT: id=\"(?<id>[^\"]*)\" stage=\"(?<stage>\\w+)\"");

    /** The event of a line. Empty if the line is not an event, for example if its beginning is missing. */
    static Optional<EventHead> of(byte[] line, int length) {
        var text = new String(line, 0, Math.min(length, LENGTH), ISO_8859_1);
        var json = JSON.matcher(text);
        if (json.lookingAt()) {
            return read(json, Names.level(json.group("level")));
        }
        var legacy = LEGACY.matcher(text);
        return legacy.lookingAt() ? read(legacy, Optional.empty()) : Optional.empty();
    }

    private static Optional<EventHead> read(Matcher line, Optional<Level> level) {
        return Names.stage(line.group("stage")).map(stage -> new EventHead(level, line.group("id"), stage));
    }
}
