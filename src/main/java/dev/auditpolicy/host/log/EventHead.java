package dev.auditpolicy.host.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a line of an audit log begins. kube-apiserver writes level, audit id and stage, in this order, before anything that a
 * caller has a say in (k8s.io/apiserver {@code pkg/apis/audit/v1} Event; its legacy format has no level), so the rest of a
 * line, a megabyte at times, need not be read.
 *
 * @param level empty in the legacy format
 */
public record EventHead(Optional<Level> level, String auditID, Stage stage) {

    /** Bytes of a line that are enough: an audit id is at most 64 characters long. */
    static final int LENGTH = 256;

    private static final Pattern JSON = Pattern.compile("\\{\"kind\":\"Event\",\"apiVersion\":\"audit\\.k8s\\.io/v1\","
            + "\"level\":\"(?<level>\\w+)\",\"auditID\":\"(?<id>[^\"]*)\",\"stage\":\"(?<stage>\\w+)\"");
    private static final Pattern LEGACY = Pattern.compile("\\S+ AUDIT: id=\"(?<id>[^\"]*)\" stage=\"(?<stage>\\w+)\"");

    public EventHead {
        requireNonNull(level, "level is null");
        requireNonNull(auditID, "auditID is null");
        requireNonNull(stage, "stage is null");
    }

    /** The event that a line tells of; empty for what is none, such as the end of a line whose beginning was missed. */
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
