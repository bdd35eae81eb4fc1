package dev.auditpolicy.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Measures what {@code omitManagedFields} takes out of a body: {@code metadata.managedFields} of the object, of each of its
 * {@code items} and of the {@code object} of each of the {@code rows} of a table.
 */
public final class ManagedFields {

    private static final byte[] METADATA = key("metadata");
    private static final byte[] MANAGED_FIELDS = key("managedFields");
    private static final byte[] ITEMS = key("items");
    private static final byte[] ROWS = key("rows");
    private static final byte[] OBJECT = key("object");

    private final byte[] bytes;
    private int at;
    private int removed;

    private ManagedFields(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** The number of bytes in the body of an event. */
    public static int length(byte[] bytes, Span body) {
        if (!body.isPresent()) {
            return 0;
        }
        try {
            // The span begins at the comma before the key, or at the key.
            int key = JsonScanner.skipBlanks(bytes, bytes[body.from()] == ',' ? body.from() + 1 : body.from());
            int colon = JsonScanner.skipBlanks(bytes, JsonScanner.stringEnd(bytes, key + 1) + 1);
            var fields = new ManagedFields(bytes, JsonScanner.skipBlanks(bytes, colon + 1));
            fields.object(true);
            return fields.removed;
        } catch (MalformedEventException e) {
            throw new IllegalStateException("the body was skipped before", e);
        }
    }

    private interface Member {
        void read(int keyFrom, int keyTo, int from) throws MalformedEventException;
    }

    private void object(boolean isWhole) throws MalformedEventException {
        members((keyFrom, keyTo, _) -> {
            if (isKey(METADATA, keyFrom, keyTo)) {
                metadata();
            } else if (isWhole && isKey(ITEMS, keyFrom, keyTo)) {
                elements(false);
            } else if (isWhole && isKey(ROWS, keyFrom, keyTo)) {
                elements(true);
            } else {
                at = JsonScanner.skipValue(bytes, at);
            }
        });
    }

    private void metadata() throws MalformedEventException {
        members((keyFrom, keyTo, from) -> {
            at = JsonScanner.skipValue(bytes, at);
            if (isKey(MANAGED_FIELDS, keyFrom, keyTo)) {
                // With one of the commas around it.
                int next = JsonScanner.skipBlanks(bytes, at);
                removed += at - from + (bytes[from] != ',' && bytes[next] == ',' ? 1 : 0);
            }
        });
    }

    private void row() throws MalformedEventException {
        members((keyFrom, keyTo, _) -> {
            if (isKey(OBJECT, keyFrom, keyTo)) {
                object(false);
            } else {
                at = JsonScanner.skipValue(bytes, at);
            }
        });
    }

    private void elements(boolean areRows) throws MalformedEventException {
        if (bytes[at] != '[') {
            at = JsonScanner.skipValue(bytes, at);
            return;
        }
        at = JsonScanner.skipBlanks(bytes, at + 1);
        while (bytes[at] != ']') {
            if (areRows) {
                row();
            } else {
                object(false);
            }
            at = JsonScanner.skipBlanks(bytes, at);
            if (bytes[at] == ',') {
                at = JsonScanner.skipBlanks(bytes, at + 1);
            }
        }
        at++;
    }

    /** Calls back at each value, with the offset of the comma before the key, or of the first key. */
    private void members(Member member) throws MalformedEventException {
        if (bytes[at] != '{') {
            at = JsonScanner.skipValue(bytes, at);
            return;
        }
        at = JsonScanner.skipBlanks(bytes, at + 1);
        while (bytes[at] != '}') {
            int from = at;
            if (bytes[at] == ',') {
                at = JsonScanner.skipBlanks(bytes, at + 1);
            }
            if (bytes[at] != '"') {
                throw JsonScanner.unexpected(bytes, at, "instead of a key");
            }
            int keyFrom = at + 1;
            int keyTo = JsonScanner.stringEnd(bytes, keyFrom);
            at = JsonScanner.skipBlanks(bytes, keyTo + 1);
            at = JsonScanner.skipBlanks(bytes, at + 1);
            member.read(keyFrom, keyTo, from);
            at = JsonScanner.skipBlanks(bytes, at);
        }
        at++;
    }

    private boolean isKey(byte[] key, int from, int to) {
        return Arrays.equals(key, 0, key.length, bytes, from, to);
    }
}
