package dev.auditpolicy.replay.request;

import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.event.Dictionary;
import dev.auditpolicy.event.Span;
import java.util.List;

/**
 * Finds subject and request of events, which recur: most are found by their bytes, without decoding them. Not for several
 * threads at once.
 */
public final class EventRequests {

    /** Of the numbers of recent users, and of URLs; 16,384 URLs take about 10 MB. */
    private static final int SUBJECT_BITS = 10;

    private static final int REQUEST_BITS = 14;

    private final Dictionary<Subject> subjects = new Dictionary<>(SUBJECT_BITS);
    private final Dictionary<LoggedRequest> requests;

    /** Fast for logs of any cluster. */
    public EventRequests() {
        this(REQUEST_BITS);
    }

    /** Remembers two to the power of {@code requestBits} URLs. */
    public EventRequests(int requestBits) {
        requests = new Dictionary<>(requestBits);
    }

    /** Who sent the request. */
    public Subject subject(AuditEvent event) {
        Span user = event.username();
        Span groups = event.groups();
        if (user.length() == 0) {
            return Subject.UNAUTHENTICATED;
        }
        int groupsFrom = groups.isPresent() ? groups.from() : user.to();
        return subjects.get(
                event.bytes(),
                user.from(),
                user.to(),
                groupsFrom,
                groupsFrom + groups.length(),
                () -> new Subject(event.text(user), groups.isPresent() ? event.texts(groups) : List.of()));
    }

    /** What was requested. */
    public LoggedRequest request(AuditEvent event) {
        Span uri = event.requestUri();
        Span verb = event.verb();
        int end = relevantEnd(event.bytes(), uri);
        int verbFrom = verb.isPresent() ? verb.from() : uri.to();
        return requests.get(
                event.bytes(), uri.from(), end, verbFrom, verbFrom + verb.length(), () -> decode(event, end));
    }

    private static LoggedRequest decode(AuditEvent event, int end) {
        Span uri = event.requestUri();
        String text = event.text(uri);
        // The end is before a plain question mark, the first one.
        String relevant = end == uri.to() ? text : text.substring(0, text.indexOf('?'));
        return LoggedRequest.of(RequestOfEvent.of(event.text(event.verb()), relevant));
    }

    /**
     * The end of what determines the attributes: as the verb is known, only a field selector matters in a query. A query
     * with escapes may have one in another spelling.
     */
    private static int relevantEnd(byte[] bytes, Span uri) {
        int at = uri.from();
        while (at < uri.to() && bytes[at] != '?' && bytes[at] != '\\' && bytes[at] != '#') {
            at++;
        }
        if (at == uri.to() || bytes[at] != '?') {
            return uri.to();
        }
        for (int index = at; index < uri.to(); index++) {
            byte value = bytes[index];
            if (value == '%' || value == '\\' || (value == 'S' && isFieldSelector(bytes, index, uri))) {
                return uri.to();
            }
        }
        return at;
    }

    private static boolean isFieldSelector(byte[] bytes, int at, Span uri) {
        return at - 5 > uri.from() && bytes[at - 1] == 'd' && bytes[at - 5] == 'f';
    }
}
