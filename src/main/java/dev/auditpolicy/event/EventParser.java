package dev.auditpolicy.event;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Parses lines of an audit log into one {@link AuditEvent}. Keys may have any order, as JSON allows; of a key that occurs twice,
 * the last counts. Not for several threads at once.
 */
public final class EventParser {

    /** The number of bytes that must follow the line feed of a line. */
    public static final int SLACK = JsonScanner.SLACK;

    private static final Level[] LEVELS = {Level.METADATA, Level.REQUEST, Level.REQUEST_RESPONSE, Level.NONE};
    private static final String[] LEVEL_NAMES = {"Metadata", "Request", "RequestResponse", "None"};
    private static final Stage[] STAGES = {
        Stage.RESPONSE_COMPLETE, Stage.REQUEST_RECEIVED, Stage.RESPONSE_STARTED, Stage.PANIC
    };
    private static final String[] STAGE_NAMES = {"ResponseComplete", "RequestReceived", "ResponseStarted", "Panic"};

    private final AuditEvent event = new AuditEvent();
    private byte[] bytes = {};

    /** Where parsing goes on. */
    private int at;

    /** Of the comma before the key that was read last, or of the key if it is the first one. */
    private int keyStart;

    /**
     * Parses the line from an offset up to its line feed, which {@link #SLACK} bytes must follow.
     *
     * @return valid until the next call
     * @throws MalformedEventException if the line is not an audit event in JSON
     */
    public AuditEvent parse(byte[] block, int from) throws MalformedEventException {
        bytes = block;
        event.reset(block, from);
        at = JsonScanner.skipBlanks(block, from);
        if (block[at] != '{') {
            throw JsonScanner.unexpected(block, at, "instead of an object");
        }
        for (Field field = firstKey(); field != null; field = nextKey()) {
            readField(field);
        }
        at = JsonScanner.skipBlanks(block, at);
        if (block[at] != '\n') {
            throw JsonScanner.unexpected(block, at, "after the event");
        }
        event.setLineEnd(at);
        event.setLevel(level());
        event.setStage(stage());
        if (!event.requestUri().isPresent()) {
            throw new MalformedEventException("not an audit event: it has no requestURI", -1);
        }
        return event;
    }

    private void readField(Field field) throws MalformedEventException {
        switch (field) {
            case LEVEL -> readString(event.levelName());
            case STAGE -> readString(event.stageName());
            case REQUEST_URI -> readString(event.requestUri());
            case VERB -> readString(event.verb());
            case USER_AGENT -> readString(event.userAgent());
            case STAGE_TIMESTAMP -> readString(event.stageTimestamp());
            case REQUEST_RECEIVED_TIMESTAMP -> readString(event.requestReceivedTimestamp());
            case USER -> readUser();
            case RESPONSE_STATUS -> readStatus();
            case OBJECT_REF -> {
                event.setHasObjectRef(bytes[at] == '{');
                at = JsonScanner.skipValue(bytes, at);
            }
            case IMPERSONATED_USER -> {
                event.setImpersonated(bytes[at] == '{');
                at = JsonScanner.skipValue(bytes, at);
            }
            case REQUEST_OBJECT -> readBody(event.requestObject());
            case RESPONSE_OBJECT -> readBody(event.responseObject());
            case ANNOTATIONS -> {
                int start = at;
                at = JsonScanner.skipValue(bytes, start);
                if (bytes[start] == '{') {
                    event.annotations().set(start, at);
                } else {
                    event.annotations().clear();
                }
            }
            case USERNAME, GROUPS, CODE, OTHER -> at = JsonScanner.skipValue(bytes, at);
        }
    }

    private void readString(Span span) throws MalformedEventException {
        int start = at;
        if (bytes[start] == '"') {
            int end = JsonScanner.stringEnd(bytes, start + 1);
            span.set(start + 1, end);
            at = end + 1;
        } else {
            span.clear();
            at = JsonScanner.skipValue(bytes, start);
        }
    }

    private void readBody(Span span) throws MalformedEventException {
        int start = keyStart;
        at = JsonScanner.skipValue(bytes, at);
        span.set(start, at);
    }

    private void readUser() throws MalformedEventException {
        event.username().clear();
        event.groups().clear();
        if (bytes[at] != '{') {
            at = JsonScanner.skipValue(bytes, at);
            return;
        }
        for (Field field = firstKey(); field != null; field = nextKey()) {
            if (field == Field.USERNAME) {
                readString(event.username());
            } else if (field == Field.GROUPS && bytes[at] == '[') {
                int start = at;
                at = JsonScanner.skipValue(bytes, start);
                event.groups().set(start, at);
            } else {
                at = JsonScanner.skipValue(bytes, at);
            }
        }
    }

    private void readStatus() throws MalformedEventException {
        event.setStatusCode(0);
        if (bytes[at] != '{') {
            at = JsonScanner.skipValue(bytes, at);
            return;
        }
        for (Field field = firstKey(); field != null; field = nextKey()) {
            int start = at;
            at = JsonScanner.skipValue(bytes, start);
            if (field == Field.CODE) {
                event.setStatusCode(number(start, at));
            }
        }
    }

    private int number(int from, int to) {
        int number = 0;
        for (int index = from; index < to; index++) {
            if (bytes[index] < '0' || bytes[index] > '9' || number > 99_999) {
                return 0;
            }
            number = number * 10 + bytes[index] - '0';
        }
        return number;
    }

    /** Reads the key after an opening brace, and stops at its value; null if the object is empty. */
    private @Nullable Field firstKey() throws MalformedEventException {
        at = JsonScanner.skipBlanks(bytes, at + 1);
        if (bytes[at] == '}') {
            at++;
            return null;
        }
        keyStart = at;
        return key();
    }

    /** Reads the key after a comma, and stops at its value; null after the last one. */
    private @Nullable Field nextKey() throws MalformedEventException {
        at = JsonScanner.skipBlanks(bytes, at);
        if (bytes[at] == '}') {
            at++;
            return null;
        }
        if (bytes[at] != ',') {
            throw JsonScanner.unexpected(bytes, at, "instead of a comma");
        }
        keyStart = at;
        at = JsonScanner.skipBlanks(bytes, at + 1);
        return key();
    }

    private Field key() throws MalformedEventException {
        if (bytes[at] != '"') {
            throw JsonScanner.unexpected(bytes, at, "instead of a key");
        }
        int start = at + 1;
        int end = JsonScanner.stringStop(bytes, start);
        boolean isPlain = bytes[end] == '"';
        if (!isPlain) {
            end = JsonScanner.stringEnd(bytes, start);
        }
        at = JsonScanner.skipBlanks(bytes, end + 1);
        if (bytes[at] != ':') {
            throw JsonScanner.unexpected(bytes, at, "instead of a colon");
        }
        at = JsonScanner.skipBlanks(bytes, at + 1);
        return isPlain ? Field.of(bytes, start, end) : Field.ofEscaped(bytes, start, end);
    }

    private Level level() throws MalformedEventException {
        return LEVELS[index(event.levelName(), LEVEL_NAMES, "level")];
    }

    private Stage stage() throws MalformedEventException {
        return STAGES[index(event.stageName(), STAGE_NAMES, "stage")];
    }

    private int index(Span name, String[] names, String what) throws MalformedEventException {
        if (!name.isPresent()) {
            throw new MalformedEventException("not an audit event: it has no " + what, -1);
        }
        for (int index = 0; index < names.length; index++) {
            if (isText(name, names[index])) {
                return index;
            }
        }
        String text = event.text(name);
        for (int index = 0; index < names.length; index++) {
            if (text.equals(names[index])) {
                return index;
            }
        }
        throw new MalformedEventException("unknown " + what + " \"" + text + "\"", name.from());
    }

    /** Whether the bytes, without decoding them, are those of a text. */
    private boolean isText(Span span, String expected) {
        int length = span.length();
        if (length != expected.length()) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (bytes[span.from() + index] != expected.charAt(index)) {
                return false;
            }
        }
        return true;
    }
}
