package dev.auditpolicy.replay.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request.
 *
 * @param user before impersonation; null if authentication failed
 */
public record Subject(@Nullable String user, List<String> groups) {

    /** Nobody: authentication failed. */
    static final Subject UNAUTHENTICATED = new Subject(null, List.of());

    public Subject {
        groups = List.copyOf(groups);
    }

    /** The name of the user in statistics. */
    public String label() {
        return user == null ? "(unauthenticated)" : user;
    }
}
